"""The root field of no room: `node`. Each room registers how its node types are found."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeAlias, cast

import strawberry

from api import audience
from api.context import Info
from api.fields import field
from api.nodes import Node
from core import ids
from core.identity import Permission

PublicId: TypeAlias = Annotated[strawberry.ID, strawberry.argument(description="An id that this API has given.")]

# how each node type is found by its number, for a caller who may see it
NodeFinder = Callable[[Info, int], Awaitable[object | None]]
NODES: dict[str, NodeFinder] = {}


def node_type(type_name: str) -> Callable[[NodeFinder], NodeFinder]:
    """Registers how `node` finds rows of a type; it is asked only for callers of the type's audience."""

    def register(find: NodeFinder) -> NodeFinder:
        NODES[type_name] = find
        return find

    return register


@strawberry.type
class RootQuery:
    """The part of Query that belongs to no room."""

    @field(requires=Permission.READ_PUBLIC, shared=True)
    async def node(self, info: Info, id: PublicId) -> Node | None:
        """The object with this id, when it exists and the caller may see it."""
        found = ids.from_public(id)
        find = NODES.get(found[0]) if found else None
        if found is None or find is None or not audience.admits(info.context.caller, found[0]):
            return None
        row = await find(info, found[1])
        info.context.provenance.must_be_named(row)
        return cast("Node | None", row)
