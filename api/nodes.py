"""The Node interface and opaque ids. Which row an id names is each room's `queries`."""

from typing import Any

import strawberry

from api.sharing import shared
from core import ids


@shared
@strawberry.interface(description="Anything with an opaque, stable id that `node` finds again.")
class Node:
    """Rows of node types carry `public_id` and `type_name`."""

    public_id: strawberry.ID = strawberry.field(name="id", description="Opaque and stable; ask `node` with it.")

    @classmethod
    def is_type_of(cls, _value: object, _info: object) -> bool:
        """True: rows are views of many classes, and a field's declared type says what they are."""
        return True

    @classmethod
    def resolve_type(cls, value: Any, _info: object, _abstract: object) -> str:  # noqa: ANN401 - any node's row
        """The row says which type it is, so that `node` gives that type and no other."""
        name: str = value.type_name
        return name


def id_or_none_such(type_name: str, public_id: str) -> int:
    """The number behind an id of that type, or 0, which no row has: the room then refuses it as unknown."""
    found = ids.from_public(public_id)
    return found[1] if found is not None and found[0] == type_name else 0
