"""Ratings that a page's markup claims: which items carry them, and how their values read. Rules judge; structured_data
reads.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.matching import tokens
from seo.structured_data import Item, StructuredData, Value
from seo.subject import Subject

# what a rating may be about as a product page's own; the full list of Google's 17 types is a rule of its own
PRODUCTS = ("Product", "ProductGroup", "ProductModel", "IndividualProduct", "SomeProducts", "Vehicle", "Car")
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,20})?")
_FRACTION = re.compile(r"(\d{1,9}(?:\.\d{1,20})?)\s*/\s*(\d{1,9}(?:\.\d{1,20})?)")
_PERCENT = re.compile(r"(\d{1,9}(?:\.\d{1,20})?)\s*%")
_COMMA = re.compile(r"\d{1,9},\d{1,20}")
_HAS_DIGIT = re.compile(r"\d")


class Form(StrEnum):
    """How a value is written. Only the first three are readable."""

    NUMBER = "number"
    FRACTION = "fraction"
    PERCENT = "percent"
    COMMA = "comma"
    WORDS = "words"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Marked:
    """One item with ratings in it: an AggregateRating or a Review's Rating, and the thing that it rates."""

    rating: Item
    rated: Item | None
    review: Item | None = None

    @property
    def name(self) -> str:
        """The rated thing's name; empty when it has none or is not known."""
        return self.rated.text("name") if self.rated else ""

    def shown(self, *properties: str) -> Evidence:
        """The claim as evidence: the item's path and the values of these properties."""
        holder = self.review or self.rated
        path = ".".join((holder.types[0] if holder and holder.types else "?", "/".join(self.rating.types) or "Rating"))
        values = ", ".join(f"{name}={first(self.rating, name)!r}" for name in properties)
        place = self.rating.evidence
        excerpt = f"{self.rating.syntax}: {path}: {values}"
        return Evidence(excerpt, offset=place.offset, css_path=place.css_path)


def aggregates(data: StructuredData) -> tuple[Marked, ...]:
    """Every AggregateRating, with the item that holds it or that it names as itemReviewed."""
    return tuple(
        Marked(item, _rated(item, holder, data)) for item, holder in data.everywhere() if item.is_a("AggregateRating")
    )


def reviews(data: StructuredData) -> tuple[tuple[Item, Item | None], ...]:
    """Every Review with the item it is about."""
    return tuple(
        (item, _rated(item, holder, data))
        for item, holder in data.everywhere()
        if item.is_a("Review", "UserReview", "CriticReview", "EmployerReview", "Recommendation")
    )


def review_ratings(data: StructuredData) -> Iterator[Marked]:
    """The Rating of every Review that has one."""
    for review, rated in reviews(data):
        for rating in review.items("reviewRating"):
            yield Marked(rating, rated, review)


def of_the_product(subject: Subject) -> tuple[Marked, ...] | None:
    """The aggregates of the page's own product; None when several products have one and no name tells which is
    meant.
    """
    found = [
        marked for marked in aggregates(subject.structured) if marked.rated is None or marked.rated.is_a(*PRODUCTS)
    ]
    wanted = tokens(subject.truth.product_name) if subject.truth else ()
    named = [marked for marked in found if wanted and tokens(marked.name) == wanted]
    if named:
        return tuple(named)
    names = {tokens(marked.name) for marked in found if marked.name}
    return None if len(names) > 1 else tuple(found)


def first(item: Item, name: str) -> str:
    """The first value of a property as written, empty when absent."""
    return next((_written(value) for value in item.values(name) if not isinstance(value, Item)), "")


def form_of(text: str) -> Form:
    """How a rating value is written. Source: review-snippet, ratingValue: a number, fraction or percentage, with a
    dot.
    """
    text = text.strip()
    if not text or not _HAS_DIGIT.search(text):
        return Form.NOTHING
    for form, pattern in ((Form.NUMBER, _NUMBER), (Form.FRACTION, _FRACTION), (Form.PERCENT, _PERCENT)):
        if pattern.fullmatch(text):
            return form
    return Form.COMMA if _COMMA.fullmatch(text) else Form.WORDS


def scaled(item: Item) -> tuple[Decimal, Decimal, Decimal, int] | None:
    """(value, worst, best, decimals shown) of a rating; None when the value cannot be read.

    An unstated scale is 1 to 5, that of a fraction or percentage its own, from 0.
    """
    text = first(item, "ratingValue").strip()
    form = form_of(text)
    decimals = len(text.partition(".")[2].rstrip("% ")) if form in (Form.NUMBER, Form.PERCENT) else 0
    if form is Form.FRACTION and (match := _FRACTION.fullmatch(text)):
        return Decimal(match[1]), Decimal(0), Decimal(match[2]), decimals
    if form is Form.PERCENT:
        return Decimal(text.rstrip("% ")), Decimal(0), Decimal(100), decimals
    if form is not Form.NUMBER:
        return None
    return Decimal(text), _bound(item, "worstRating", 1), _bound(item, "bestRating", 5), decimals


def unless_unread(subject: Subject, evidence: list[Evidence], *, severity: Severity | None = None) -> Outcome:
    """A failure with this evidence; without any, a pass only if all markup could be read, and something was there."""
    if evidence:
        return failed_if(evidence, severity=severity)
    if not subject.structured.is_microdata_read:
        return not_evaluated(Reason.UNREADABLE_MICRODATA)
    return failed_if([])


def nothing_to_judge(subject: Subject) -> Outcome:
    """Not applicable, unless the microdata is unread and could hold what is missing."""
    return NOT_APPLICABLE if subject.structured.is_microdata_read else not_evaluated(Reason.UNREADABLE_MICRODATA)


def _bound(item: Item, name: str, otherwise: int) -> Decimal:
    text = first(item, name).strip()
    return Decimal(text) if form_of(text) is Form.NUMBER else Decimal(otherwise)


def _rated(item: Item, holder: Item | None, data: StructuredData) -> Item | None:
    if holder is not None and not holder.is_a("Rating"):
        return holder
    for named in item.items("itemReviewed"):
        return data.by_id.get(named.id, named) if named.id and not named.types else named
    return None


def _written(value: Value) -> str:
    return str(value)
