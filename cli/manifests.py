"""Documents in files, as people and clients' build tools write them. Registering them is cli.documents'."""

import json
from collections.abc import Iterator
from pathlib import Path

from core.documents import Registration

_APOLLO = "apollo-persisted-query-manifest"


class ManifestError(Exception):
    """A file that holds no documents; the message names it and says why."""


def documents_in(path: Path) -> list[Registration]:
    """Every document of a file, or of the `.graphql` and `.json` files under a folder, in the order of their names."""
    files = (
        sorted(each for each in path.rglob("*") if each.suffix in {".graphql", ".json"}) if path.is_dir() else [path]
    )
    return [found for file in files for found in _of_file(file)]


def _of_file(path: Path) -> list[Registration]:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".json":
            return [Registration(text)]
        return list(_of_manifest(json.loads(text)))
    except (OSError, ValueError) as problem:
        raise ManifestError(f"{path}: {problem}") from problem


def _of_manifest(told: object) -> Iterator[Registration]:
    """The documents of a manifest; ValueError for any other JSON.

    - `{"<id>": "<text>"}`, as relay-compiler's persistConfig and graphql-codegen's client preset write it;
    - `{"format": "apollo-persisted-query-manifest", "operations": [{"id", "body"}]}`, as Apollo's tool does.
    """
    if isinstance(told, dict) and told.get("format") == _APOLLO:
        operations = told.get("operations")
        pairs = (
            [(each.get("id"), each.get("body")) for each in operations] if isinstance(operations, list) else [(0, 0)]
        )
    else:
        pairs = list(told.items()) if isinstance(told, dict) else [(0, 0)]
    for name, text in pairs:
        if not isinstance(name, str) or not isinstance(text, str):
            raise ValueError("this is no manifest of documents")
        yield Registration(text, name)
