"""Product.ratingSummary and Product.reviews, and the same two reads for fields that speak of the same rows."""

from typing import Annotated, TypeAlias, cast

import strawberry

from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.errors import bad_input
from api.fields import field
from api.ugc.enums import ReviewOrder
from api.ugc.loaders import PageAsked, rating_summaries, reviews_page
from api.ugc.types import RatingSummary, Review
from core.paging import Page
from shop.queries.products import ProductRow
from ugc import listing
from ugc.listing import PublishedReview, ReviewFilter, Scope
from ugc.ratings import NO_RATINGS
from ugc.ratings import RatingSummary as Ratings


@strawberry.input(name="ReviewFilter", description="Which reviews to give; all conditions hold together.")
class ReviewFilterInput:
    """As ugc.listing.ReviewFilter."""

    rating: int | None = strawberry.field(default=None, description="With this number of stars, 1 to 5.")
    with_photos: bool = strawberry.field(default=False, description="With photos that are shown.")
    verified: bool = strawberry.field(default=False, description="By verified buyers of this merchant.")

    def kept(self) -> ReviewFilter:
        """As the room takes it; BAD_USER_INPUT for stars that do not exist."""
        if self.rating is not None and not 1 <= self.rating <= 5:
            raise bad_input("filter.rating must lie between 1 and 5.")
        return ReviewFilter(rating=self.rating, with_photos=self.with_photos, verified=self.verified)


SortArgument: TypeAlias = Annotated[ReviewOrder, strawberry.argument(description="In which order.")]
FilterArgument: TypeAlias = Annotated[
    ReviewFilterInput | None, strawberry.argument(description="Which of them; all when left out.")
]


@strawberry.type
class ReviewedProduct:
    """The part of Product that its reviews make."""

    @field(shared=True)
    async def rating_summary(self: ProductRow, info: Info) -> RatingSummary:
        """The ratings of this product and the variants it shares its reviews with."""
        return cast("RatingSummary", await rating_summary_of(info, self))

    @field(shared=True)
    async def reviews(
        self: ProductRow,
        info: Info,
        first: First = 10,
        after: After = None,
        sort: SortArgument = ReviewOrder.NEWEST,
        filter: FilterArgument = None,
    ) -> Connection[Review]:
        """Published reviews of this product and the variants it shares them with."""
        page = await reviews_page_of(info, self, first=first, after=after, sort=sort, filter=filter)
        return connection(Review, page, after=after)


async def rating_summary_of(info: Info, product: ProductRow) -> Ratings:
    """The product's ratings, read once an operation and for all products of the same moment together."""
    return await info.context.load(rating_summaries, product.id) or NO_RATINGS


async def reviews_page_of(
    info: Info,
    product: ProductRow,
    *,
    first: int,
    after: str | None,
    sort: ReviewOrder,
    filter: ReviewFilterInput | None,
) -> Page[PublishedReview]:
    """The page of `Product.reviews` for these arguments, read once an operation."""
    asked = PageAsked(
        scope=Scope(product.id, product.family_id),
        first=page_size(first),
        after=place(after, *listing.cursor_shape(sort)),
        order=sort,
        kept=filter.kept() if filter else listing.EVERYTHING,
    )
    return await info.context.read_once(reviews_page, asked)
