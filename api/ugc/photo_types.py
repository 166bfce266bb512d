"""Photos as the API shows them: to everybody the approved ones, to their authors and to staff all of them."""

from typing import TYPE_CHECKING, Annotated, cast

import strawberry

from api.audience import seen_by
from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.enums import described
from api.fields import field
from api.nodes import Node
from api.root import node_type
from api.scalars import URL
from api.sharing import shared
from api.ugc.loaders import known_photos, photos_page, public_photos
from core.identity import Permission
from core.settings import settings
from shop.queries.products import ProductRow
from ugc import photos
from ugc.listing import Scope
from ugc.queries.photos import PhotoRow, RenditionRow
from ugc.tables.photos import PhotoStatus

if TYPE_CHECKING:
    from api.ugc.types import Review

described(
    PhotoStatus,
    description="What was decided about a photo, apart from its review's text.",
    values={
        "PENDING": "It waits for a decision.",
        "APPROVED": "It is shown while its review is public.",
        "REJECTED": "It is not shown.",
    },
)
# the id of no customer: whoever has no row has sent nothing
_NOBODY = -1
_MIDDLE = 800


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="One file of a photo: WebP, without anything of the original but its pixels.")
class PhotoRendition:
    """Smaller pictures keep their size, so `width` may be less than `size`."""

    size: int = strawberry.field(description="The side of the square it fits in: 320, 800 or 1600.")
    width: int = strawberry.field(description="In pixels.")
    height: int = strawberry.field(description="In pixels.")
    url: URL = strawberry.field(
        description="Its address, for good once the photo is shown; a signed one for ten minutes before."
    )


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="A photo of a review, with a decision of its own.")
class Photo(Node):
    """Read from a PhotoRow."""

    width: int = strawberry.field(description="The original's width in pixels, seen upright.")
    height: int = strawberry.field(description="The original's height in pixels, seen upright.")
    status: PhotoStatus = strawberry.field(description="APPROVED, unless the caller is its author or staff.")
    version: int = strawberry.field(description="Grows with every decision; pass it on to decide.")

    @field(shared=True)
    def url(self) -> URL:
        """Its file of up to 800 pixels; `renditions` has the others."""
        row = cast("PhotoRow", self)
        return _address(row, next(file for file in row.renditions if file.size == _MIDDLE))

    @field(shared=True)
    def renditions(self) -> list[PhotoRendition]:
        """Its files, smallest first."""
        row = cast("PhotoRow", self)
        return [
            PhotoRendition(size=file.size, width=file.width, height=file.height, url=_address(row, file))
            for file in row.renditions
        ]

    @field(shared=True)
    async def review(self, info: Info) -> Annotated["Review", strawberry.lazy("api.ugc.types")] | None:
        """The review it belongs to; null while that is not public, save for its author and staff."""
        from api.ugc.types import find_review

        return cast("Review | None", await find_review(info, cast("PhotoRow", self).review_id))


def _address(row: PhotoRow, file: RenditionRow) -> URL:
    if row.is_public:
        return URL(photos.address(file.digest))
    return URL(photos.preview_address(settings().secret(), file.digest))


@strawberry.type
class PhotographedProduct:
    """The part of Product that its customers' photos make."""

    @field(shared=True)
    async def photos(self: ProductRow, info: Info, first: First = 10, after: After = None) -> Connection[Photo]:
        """Approved photos of published reviews of this product and the variants it shares them with, newest first."""
        key = cast("tuple[int] | None", place(after, int))
        scope = Scope(self.id, self.family_id)
        page = await info.context.read_once(photos_page, scope, page_size(first), key[0] if key else None)
        return connection(Photo, page, after=after)


@strawberry.type
class PhotoQuery:
    """The part of Query that photos answer."""

    @field(requires=Permission.READ_REVIEWS)
    async def photo_queue(self, info: Info, first: First = 10, after: After = None) -> Connection[Photo]:
        """Photos that wait for a decision, the longest-waiting first."""
        key = cast("tuple[int] | None", place(after, int))
        page = await info.context.rooms.read(photos.waiting_page, first=page_size(first), after=key[0] if key else None)
        return connection(Photo, page, after=after)


@node_type("Photo")
async def find_photo(info: Info, number: int) -> object | None:
    """Public photos for everybody; the others for their authors and for staff."""
    return await info.context.load(public_photos, number) or await known_photo(info, number)


async def known_photo(info: Info, number: int) -> Photo | None:
    """The photo in any state, when the caller is its author or staff."""
    caller = info.context.caller
    whose = None if caller.may(Permission.READ_REVIEWS) else caller.customer_id or _NOBODY
    if whose == _NOBODY:
        return None
    return cast("Photo | None", await info.context.load(known_photos, number, whose))
