from __future__ import annotations

from admin.roles import ROLES, TIER_PERMISSIONS, Permission, permissions_of, tiers_of
from admin.tables.tiers import Tier


def test_the_roles_are_the_six_of_the_house() -> None:
    assert list(ROLES) == [
        *("observador", "exportador", "operador", "traductor", "revisor", "administrador")
    ]


def test_every_role_sees_figures_and_says_whom_it_is_for() -> None:
    for role in ROLES.values():
        assert Permission.SEE_FIGURES in role.permissions


def test_an_administrator_may_do_everything() -> None:
    assert ROLES["administrador"].permissions == set(Permission)


def test_several_roles_add_up_and_an_unknown_one_gives_nothing() -> None:
    assert permissions_of(["observador", "revisor"]) == ROLES["revisor"].permissions
    assert permissions_of(["root"]) == permissions_of([]) == frozenset()


def test_every_tier_takes_a_permission_and_the_fullest_comes_first() -> None:
    assert set(TIER_PERMISSIONS) == set(Tier)
    assert tiers_of(Permission) == (Tier.TEAM, Tier.GROUP, Tier.PUBLIC)
    assert tiers_of(ROLES["observador"].permissions) == (Tier.PUBLIC,)
