"""compose.yaml starts what the Procfile starts, with the settings that production asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from puente.commands import main
from puente.settings import read_settings

ROOT = Path(__file__).parents[2]
PROCESSES = ("web", "admin", "worker", "scheduler", "release")


@pytest.fixture
def services() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(ROOT / "compose.yaml")["services"]
    return found


def test_it_starts_each_process_of_the_procfile(services: dict[str, Any]) -> None:
    lines = (ROOT / "Procfile").read_text("utf-8").splitlines()
    procfile = {name: command for name, _, command in (line.partition(": ") for line in lines)}
    for name in PROCESSES:
        words = services[name]["command"].split()
        assert words[:2] == procfile[name].replace("env PUENTE_ENV=production ", "").split()[:2]
        assert CliRunner().invoke(main, [*words[1:], "--help"]).exit_code == 0


def test_its_settings_are_all_that_production_needs(
    services: dict[str, Any], tmp_path: Path
) -> None:
    for name in PROCESSES:
        environ = dict(services[name]["environment"])
        environ |= {
            "PUENTE_PUBLIC_URL": "https://consulta.example.org",
            "PUENTE_SECRET_KEY": "0" * 64,
            "PUENTE_PHONE_KEYS": f"k1:{'A' * 43}=",
            "PUENTE_TRUSTED_PROXIES": "1",
            "PUENTE_CHANNELS": "",
        }
        settings = read_settings(environ, tmp_path)
        assert (settings.is_production, settings.is_redis_embedded) == (True, False)
        datos, llaves, channels = services[name]["volumes"]
        assert (datos, llaves) == ("datos:/datos", "llaves:/llaves")
        assert channels["target"] == services[name]["environment"]["PUENTE_CHANNELS"]
        assert channels["bind"] == {"create_host_path": False}  # else a folder of that name
