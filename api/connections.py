"""Relay connections over keyset pages. How a page is read is each room's queries."""

from typing import Annotated, Any, Generic, TypeAlias, TypeVar, cast

import strawberry

from api.audience import seen_by, seen_with_its_content
from api.errors import bad_input
from api.sharing import shared
from core.identity import Permission
from core.paging import MAX_PAGE, Key, Page, decode_cursor, encode_cursor

NodeType = TypeVar("NodeType")

First: TypeAlias = Annotated[int, strawberry.argument(description="How many items, 1 to 100.")]
After: TypeAlias = Annotated[
    str | None, strawberry.argument(description="A cursor of this list: give what follows it.")
]


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Relay's PageInfo; paging goes forward only."""

    has_next_page: bool = strawberry.field(description="Whether more items follow `endCursor`.")
    has_previous_page: bool = strawberry.field(description="Whether the page was asked for with `after`.")
    start_cursor: str | None = strawberry.field(description="The first item's cursor.")
    end_cursor: str | None = strawberry.field(description="The last item's cursor; ask for what follows with `after`.")


@seen_with_its_content
@shared
@strawberry.type(description="An item and its place.")
class Edge(Generic[NodeType]):
    """Relay's edge."""

    node: NodeType = strawberry.field(description="The item.")
    cursor: str = strawberry.field(description="Its place: pass it as `after`.")


@seen_with_its_content
@shared
@strawberry.type(description="A page of a list.")
class Connection(Generic[NodeType]):
    """Relay's connection."""

    edges: list[Edge[NodeType]] = strawberry.field(description="The items with their cursors.")
    nodes: list[NodeType] = strawberry.field(description="The items alone.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")


def connection(kind: type[NodeType], page: Page[Any], *, after: str | None) -> Connection[NodeType]:
    """A page of rows as a connection of `kind`; the rows are read as they are."""
    cursors = [encode_cursor(key) for key in page.keys]
    rows = cast("list[NodeType]", list(page.items))
    return Connection(
        edges=[Edge(node=row, cursor=cursor) for row, cursor in zip(rows, cursors, strict=True)],
        nodes=rows,
        page_info=PageInfo(
            has_next_page=page.has_next,
            has_previous_page=after is not None,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        ),
    )


def page_size(first: int) -> int:
    """`first` when it lies in 1..100; else BAD_USER_INPUT."""
    if not 1 <= first <= MAX_PAGE:
        raise bad_input(f"first must lie between 1 and {MAX_PAGE}.")
    return first


def place(after: str | None, *shape: type) -> Key | None:
    """The key in a cursor of this list's shape; BAD_USER_INPUT for any other text."""
    if after is None:
        return None
    key = decode_cursor(after, shape)
    if key is None:
        raise bad_input("after is not a cursor of this list. Pass an endCursor of the same list and order.")
    return key
