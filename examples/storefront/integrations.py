"""Ways to put reviews into a page: the good one, and the faults that `fidelio seo check` is there to find.

Ask for one with `?integration=`; the product page is otherwise the same.
"""

import json
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

_JSON_LD = re.compile(r'(?P<open><script type="application/ld\+json">)(?P<json>.*?)(?P<close></script>)', re.DOTALL)
_SHARING_IMAGE = re.compile(r'<meta (?:property|name)="(?:og|twitter):image[^>]*>\n?')


class Integration(StrEnum):
    """How the page carries its reviews and what it says of them."""

    SERVER = "server"
    JAVASCRIPT = "javascript"
    IFRAME = "iframe"
    TEMPLATE = "template"
    WRONG_RATING = "wrong-rating"
    WRONG_COUNT = "wrong-count"
    NO_PICTURE = "no-picture"
    NOINDEX = "noindex"
    BLOCKED = "blocked"

    @classmethod
    def of(cls, name: str | None) -> "Integration":
        """The one asked for; the good one for any other word."""
        return cls(name) if name in set(cls) else cls.SERVER

    @property
    def holds_reviews(self) -> bool:
        """Whether the page's own HTML holds the reviews' text, and so may mark it up."""
        return self not in {Integration.JAVASCRIPT, Integration.IFRAME}


def head(markup: dict[str, str], integration: Integration) -> str:
    """What goes into `<head>`: the API's markup as it is, spoilt where the integration says so."""
    if not integration.holds_reviews:
        return f"{markup['openGraph']}\n{markup['twitter']}"
    spoil = _SPOILERS.get(integration)
    return spoil(markup["head"]) if spoil else markup["head"]


def _with_rating(change: Callable[[dict[str, Any]], None]) -> Callable[[str], str]:
    def rewrite(found: re.Match[str]) -> str:
        node = json.loads(found["json"])
        if "aggregateRating" in node:
            change(node["aggregateRating"])
        text = json.dumps(node, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        return f"{found['open']}{text}{found['close']}"

    return lambda html: _JSON_LD.sub(rewrite, html)


def _one_star_off(rating: dict[str, Any]) -> None:
    mean = float(rating["ratingValue"])
    rating["ratingValue"] = f"{mean - 1 if mean >= 2 else mean + 1:.1f}"


def _one_too_many(rating: dict[str, Any]) -> None:
    rating["ratingCount"] += 1
    rating["reviewCount"] += 1


_SPOILERS: dict[Integration, Callable[[str], str]] = {
    Integration.WRONG_RATING: _with_rating(_one_star_off),
    Integration.WRONG_COUNT: _with_rating(_one_too_many),
    Integration.NO_PICTURE: lambda html: _SHARING_IMAGE.sub("", html),
}
