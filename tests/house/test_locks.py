"""Locks pin what they install by its hash, and name no place that it comes from."""

import json

from tests.house.sources import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "tools/uv.lock", "tests/clients/requirements.lock")
NPM_LOCK = "tests/clients/package-lock.json"


def test_no_python_lock_names_an_index() -> None:
    for name in LOCKS:
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text, name
        assert "://" not in text, name
        assert "--index-url" not in text, name


def test_the_npm_lock_has_hashes_and_no_addresses() -> None:
    packages = json.loads((ROOT / NPM_LOCK).read_text())["packages"]
    without = [name for name, one in packages.items() if name and not one.get("inBundle") and "integrity" not in one]

    assert without == []
    assert [name for name, one in packages.items() if "resolved" in one] == []


def test_the_manifest_pins_every_client() -> None:
    manifest = json.loads((ROOT / "tests/clients/package.json").read_text())["dependencies"]

    assert [name for name, version in manifest.items() if not version.replace(".", "").isdigit()] == []
