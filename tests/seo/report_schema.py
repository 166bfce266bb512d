"""Holds a JSON report to docs/seo-report.schema.json: the few words of JSON Schema that it uses, and a field that the
schema does not name is a fault, so that the published shape is the whole one.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

# what json.loads gives has no type of its own
Json: TypeAlias = Any
SCHEMA: Json = json.loads((Path(__file__).parents[2] / "docs/seo-report.schema.json").read_text(encoding="utf-8"))
_TYPES: dict[str, Json] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
    "null": type(None),
}  # fmt: skip


def faults(value: Json, schema: Json = SCHEMA, path: str = "$") -> Iterator[str]:
    """Where the value is not what the schema says."""
    if "$ref" in schema:
        yield from faults(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], path)
    elif "oneOf" in schema:
        answers = [list(faults(value, each, path)) for each in schema["oneOf"]]
        if sum(not answer for answer in answers) != 1:
            yield f"{path}: {min(answers, key=len)}"
    elif "const" in schema or "enum" in schema:
        if value not in schema.get("enum", [schema.get("const")]):
            yield f"{path}: {value!r}"
    else:
        yield from _typed(value, schema, path)


def _typed(value: Json, schema: Json, path: str) -> Iterator[str]:
    named = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, _TYPES[each]) for each in named) or (isinstance(value, int) and value < 0):
        yield f"{path}: {value!r} is no {schema['type']}"
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from faults(each, schema["items"], f"{path}[{number}]")
    elif isinstance(value, dict):
        properties = schema["properties"]
        yield from (f"{path}.{name}: missing" for name in schema["required"] if name not in value)
        yield from (f"{path}.{name}: not in the schema" for name in value if name not in properties)
        for name in value.keys() & properties.keys():
            yield from faults(value[name], properties[name], f"{path}.{name}")
