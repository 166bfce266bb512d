"""RAT-12: one thing has several aggregates, or JSON-LD and microdata tell different ones. Truth is asked by other
rules.
"""

from collections import defaultdict
from decimal import Decimal

from seo.findings import Outcome, Severity
from seo.matching import tokens
from seo.ratings import Marked, aggregates, first, nothing_to_judge, scaled, unless_unread
from seo.rules.rule import Rule
from seo.structured_data import Syntax
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """A named thing has one aggregate in each syntax, and all say the same. Evidence: every one of them."""
    by_thing: dict[tuple[str, ...], list[Marked]] = defaultdict(list)
    for marked in aggregates(subject.structured):
        by_thing[tokens(marked.name)].append(marked)
    if not by_thing:
        return nothing_to_judge(subject)
    wrong = [marked for several in by_thing.values() if _conflict(several) for marked in several]
    return unless_unread(subject, [m.shown("ratingValue", "ratingCount", "reviewCount") for m in wrong])


def _conflict(several: list[Marked]) -> bool:
    claims = {_claim(marked) for marked in several}
    in_one_syntax = any(sum(m.rating.syntax is syntax for m in several) > 1 for syntax in Syntax)
    return len(claims) > 1 or (in_one_syntax and len(several) > 1)


def _claim(marked: Marked) -> tuple[Decimal | None, str, str]:
    read = scaled(marked.rating)
    return read[0] if read else None, first(marked.rating, "ratingCount"), first(marked.rating, "reviewCount")


RULE = Rule(
    code="RAT-12",
    id="conflicting-aggregates",
    severity=Severity.ERROR,
    title_pass="Each thing has one aggregate rating",
    title_fail="One thing has several aggregate ratings",
    why="When theme and app both write a rating, readers of markup take either, or none.",
    example='{"ratingValue": 4.6, "reviewCount": 38} … {"ratingValue": 4.5, "reviewCount": 136}',
    remedy="Let one part of the shop write the rating, and take it out of the other.",
    source="https://developers.google.com/search/docs/appearance/structured-data/review-snippet",
    check=check,
)
