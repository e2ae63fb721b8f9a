"""Translations that staff work on: where each language stands, and what of it may be published.

None of what is kept here is sent to anybody: what is approved goes out with the next edition,
which is published like a script. The work itself is that of `puente flows translate`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.publishing import UnknownRevisionError, carry_catalogues, get_revision
from flows.catalogues.extraction import list_texts
from flows.catalogues.merging import make_catalogue, update
from flows.catalogues.offering import find_missing
from flows.catalogues.po import read_catalogue, write_catalogue
from flows.script.parse import read_script
from storage.repositories.translations import NEW, KeptTranslation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from flows.catalogues.entries import Catalogue
    from flows.script.model import Script
    from storage.published import Revision
    from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Standing:
    """How a consultation's translations stand.

    Attributes:
        script: the live one, as it was read.
        catalogues: by language, up to the texts of the script.
        versions: of those that somebody has kept, by language.
    """

    live: Revision
    script: Script
    catalogues: Mapping[str, Catalogue]
    versions: Mapping[str, int]

    @property
    def offered(self) -> frozenset[str]:
        """The languages that people can choose now."""
        return frozenset(json.loads(self.live.texts))

    def get(self, language: str) -> Catalogue:
        """Give a language's catalogue; an empty one where nobody has begun."""
        slug = self.script.slug
        return self.catalogues.get(language) or make_catalogue(
            language, slug, list_texts(self.script)
        )

    def bring_up(self, script: Script) -> Mapping[str, Catalogue]:
        """Give the catalogues up to the texts of another script of the same consultation."""
        texts = list_texts(script)
        return {code: update(one, script.slug, texts) for code, one in self.catalogues.items()}

    def list_publishable(self, script: Script) -> Mapping[str, Catalogue]:
        """Give what goes out with a script that is published now.

        A language that is approved whole; and one that is on offer already, in the words that
        are, should the work on it not be done.
        """
        carried = carry_catalogues(self.live)
        whole = {
            code: one
            for code, one in self.bring_up(script).items()
            if not find_missing(script, one)
        }
        return {**carried, **whole}


def read_standing(unit: Unit, slug: str) -> Standing | None:
    """Read how a consultation stands; None where nothing of it is live that can be read."""
    try:
        live = get_revision(unit, slug)
    except UnknownRevisionError:
        return None
    script = read_script(live.source, name=slug).script
    if script is None:
        return None
    kept = unit.translations.list(live.consultation_id)
    texts = list_texts(script)
    found = dict(carry_catalogues(live))
    for one in kept:
        read = read_catalogue(one.text.encode(), one.language)
        if not isinstance(read, tuple):  # what we wrote ourselves can be read
            found[one.language] = read
    return Standing(
        live,
        script,
        {code: update(one, script.slug, texts) for code, one in sorted(found.items())},
        {one.language: one.version for one in kept},
    )


def keep(unit: Unit, standing: Standing, catalogue: Catalogue, who: str, now: datetime) -> None:
    """Keep a catalogue in place of the one that was read.

    Raises:
        OvertakenError: somebody else has changed it meanwhile.
    """
    over = standing.versions.get(catalogue.language, NEW)
    text = write_catalogue(replace(catalogue, slug=standing.script.slug))
    new = KeptTranslation(catalogue.language, text, max(over, 0) + 1, who, now)
    unit.translations.keep(standing.live.consultation_id, over, new)
