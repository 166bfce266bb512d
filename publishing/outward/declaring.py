"""How an event's data is declared: a frozen dataclass of ids, codes and counts. Which there are is outward.events'.

From one declaration the sent JSON, the contract's type and the docs are made.
"""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NewType, TypeVar, get_args, get_type_hints

from core import ids
from core.outbox import Payload

# an opaque id as the API gives it
PublicId = NewType("PublicId", str)


class EventData:
    """Base of every event's data. The class's name is the contract's type, its docstring what the event tells."""


Data = TypeVar("Data", bound=EventData)


def node(type_name: str, says: str) -> Any:  # noqa: ANN401 - as dataclasses.field
    """A field with the id of a node of this type."""
    return dataclasses.field(metadata={"node": type_name, "says": says})


def told(says: str) -> Any:  # noqa: ANN401 - as dataclasses.field
    """A field that the outbox's payload has under the same name."""
    return dataclasses.field(metadata={"says": says})


def from_payload(kind: type[Data], payload: Payload) -> Data:
    """The data of an event whose payload has every field under its outward name."""
    hints = get_type_hints(kind)
    return kind(
        **{
            field.name: _value(payload.get(camel(field.name)), hints[field.name], field.metadata.get("node"))
            for field in dataclasses.fields(kind)  # type: ignore[arg-type]  # every kind is declared as a dataclass
        }
    )


def as_json(data: EventData) -> Mapping[str, object]:
    """The data as it is sent: camelCase names, enums by name."""
    fields = dataclasses.fields(data)  # type: ignore[arg-type]  # every kind is declared as a dataclass
    return {camel(field.name): _plain(getattr(data, field.name)) for field in fields}


def camel(name: str) -> str:
    """`review_id` as clients read it: reviewId."""
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


def _value(value: int | str | None, hint: Any, node_type: str | None) -> object:  # noqa: ANN401 - a type hint
    if value is None or value == "":
        return None
    if node_type is not None:
        return ids.to_public(node_type, int(value))
    kind = next((part for part in get_args(hint) if part is not type(None)), hint)
    return kind(value)


def _plain(value: object) -> object:
    return value.name if isinstance(value, StrEnum) else value
