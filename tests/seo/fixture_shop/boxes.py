"""Reviews as themes write them: elements, JSON, scripts that make elements. Which page has what is modes.py's."""

import json
from collections.abc import Iterable
from html import escape

from seo.truth import PublishedReview

MAKE = """
const make = review => {
  const box = document.createElement('article');
  box.innerHTML = '<b></b> <time></time><p></p>';
  box.children[0].textContent = review.author;
  box.children[1].textContent = review.day;
  box.children[2].textContent = review.text;
  return box;
};
const fill = (place, reviews) => reviews.forEach(review => place.append(make(review)));
"""


def box(review: PublishedReview, text: str | None = None) -> str:
    """One review as an element, with its author and day."""
    words = review.text if text is None else text
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in words.split("\n\n"))
    return f'<article class="review"><b>{escape(review.author)}</b> <time>{_day(review)}</time>{paragraphs}</article>'


def boxes(reviews: Iterable[PublishedReview]) -> str:
    """All of them, one after the other."""
    return "\n".join(box(review) for review in reviews)


def data(reviews: Iterable[PublishedReview]) -> str:
    """All of them as JSON that may stand in a script."""
    rows = [{"author": review.author, "day": _day(review), "text": review.text} for review in reviews]
    return json.dumps(rows).replace("<", "\\u003c")


def fetched(address: str, place: str = "document.querySelector('main')") -> str:
    """A script that asks for reviews and draws them."""
    return f"<script>{MAKE}fetch('{address}').then(a => a.json()).then(reviews => fill({place}, reviews))</script>"


def page(body: str, *, head: str = "") -> str:
    """A product page around the reviews."""
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>Brume teapot</title>{head}</head><body>"
        f"<h1>Brume teapot</h1><p>A stoneware teapot for two, thrown and glazed by hand.</p><main>{body}</main>"
        "</body></html>"
    )


def _day(review: PublishedReview) -> str:
    return review.published_at.date().isoformat() if review.published_at else ""
