"""What the shop knows of a product: its published reviews, their rating, and the texts that must be gone. Read from
JSON lines.

The project's own command builds the same `Truth` from the database; this module knows no database.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PublishedReview:
    """A review that the page should show. `rating` is 1 to 5 stars; `published_at` aware, None when not known.

    `is_verified`: of a buyer of this shop; `is_incentivised`: promised something for it; None when not told.
    """

    id: str
    author: str
    text: str
    title: str = ""
    rating: int | None = None
    published_at: datetime | None = None
    locale: str = ""
    is_verified: bool | None = None
    is_incentivised: bool | None = None


@dataclass(frozen=True, slots=True)
class GoneText:
    """A text that no page may show any more, with its status (`rejected`, `withdrawn`, `erased` ...)."""

    id: str
    text: str
    status: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """The shop's side of one product.

    - `rating_value` is the published mean with a dot (`4.6`), empty when nothing is rated.
    - `rating_count` and `review_count` are the published ones; None when the source does not tell.
    - `tells_gone`: whether the source knows the gone texts; where it does not, none are looked for.
    - `elsewhere_count` are published reviews that another site collected, which stay outside; None when not told.
    """

    product_name: str
    url: str
    reviews: tuple[PublishedReview, ...]
    rating_value: str = ""
    rating_count: int | None = None
    review_count: int | None = None
    gone: tuple[GoneText, ...] = ()
    elsewhere_count: int | None = None
    tells_gone: bool = True


class UnreadableTruthError(ValueError):
    """The file is not what `from_jsonl` reads; the message says which line."""


def from_jsonl(lines: Iterable[str], *, product: str = "") -> Truth:
    """Read one JSON object a line.

    - A review: `id`, `author`, `text`, and where known `title`, `rating`, `published_at` (ISO 8601), `locale`,
      `product`, `status`; any other status than `published` makes the text one that must be gone.
    - One line may describe the product instead: `product_name`, `url`, `rating_value`, `rating_count`, `review_count`.
    - With `product` only the lines of that product count (those without `product` count for all).
    - Counts that no line tells are those of the reviews read. Without a line of another status the file is taken not
      to know the gone texts.
    """
    about: dict[str, Any] = {}
    reviews: list[PublishedReview] = []
    gone: list[GoneText] = []
    for number, line in enumerate(lines, 1):
        row = _row(number, line)
        named = str(row.get("product") or row.get("product_name") or "")
        if not row or (product and named and named != product):
            continue
        if "product_name" in row and "text" not in row:
            about = row
        elif str(row.get("status") or "published") == "published":
            reviews.append(_review(number, row))
        else:
            gone.append(_gone(number, row))
    return _truth(about, tuple(reviews), tuple(gone), product=product)


def _truth(
    about: dict[str, Any], reviews: tuple[PublishedReview, ...], gone: tuple[GoneText, ...], *, product: str
) -> Truth:
    rated = sum(1 for review in reviews if review.rating is not None)
    return Truth(
        product_name=str(about.get("product_name") or product),
        url=str(about.get("url") or ""),
        reviews=reviews,
        rating_value=str(about.get("rating_value") or ""),
        rating_count=_count(about, "rating_count", rated),
        review_count=_count(about, "review_count", len(reviews)),
        gone=gone,
        tells_gone=bool(gone),
    )


def _row(number: int, line: str) -> dict[str, Any]:
    if not line.strip():
        return {}
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UnreadableTruthError(f"line {number}: {error}") from error
    if not isinstance(row, dict):
        raise UnreadableTruthError(f"line {number}: not an object")
    return row


def _review(number: int, row: dict[str, Any]) -> PublishedReview:
    try:
        at = row.get("published_at")
        return PublishedReview(
            id=str(row.get("id") or number),
            author=str(row.get("author") or ""),
            text=str(row["text"]),
            title=str(row.get("title") or ""),
            rating=int(row["rating"]) if row.get("rating") is not None else None,
            published_at=datetime.fromisoformat(str(at)) if at else None,
            locale=str(row.get("locale") or ""),
            is_verified=_flag(row, "is_verified"),
            is_incentivised=_flag(row, "is_incentivised"),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise UnreadableTruthError(f"line {number}: {type(error).__name__} {error}") from error


def _gone(number: int, row: dict[str, Any]) -> GoneText:
    return GoneText(
        str(row.get("id") or number), str(row.get("text") or ""), str(row["status"]), str(row.get("author") or "")
    )


def _flag(row: dict[str, Any], name: str) -> bool | None:
    value = row.get(name)
    return value if isinstance(value, bool) else None


def _count(about: dict[str, Any], name: str, otherwise: int) -> int:
    value = about.get(name)
    return value if isinstance(value, int) else otherwise
