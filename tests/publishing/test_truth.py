"""What a live page is held to: flags of each review, and how many shown ones another site collected."""

from sqlmodel import Session

from publishing import truth
from tests.make import shop as make
from tests.make import ugc as make_ugc
from ugc.tables.reviews import Origin


def test_reviews_from_elsewhere_are_counted_apart_and_flags_are_told(session: Session) -> None:
    product_id = make.product(session, "galet")
    make_ugc.published_review(session, product_id=product_id, author_id=make.customer(session))
    make_ugc.imported(session, product_id=product_id, origin=Origin.ELSEWHERE)

    told = truth.of_product(session, "galet")

    assert told is not None
    assert (told.elsewhere_count, told.review_count) == (1, 1)
    assert [(review.is_verified, review.is_incentivised) for review in told.reviews] == [(False, False)]
