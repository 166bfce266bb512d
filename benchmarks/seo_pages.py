"""What do the rules say of real pages? Counts of each verdict, beside the base rates that research has measured.

Run with `python -m benchmarks.seo_pages`. It needs the optional third-party corpus and says so where it is absent.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from benchmarks.seo_corpus import every_page, real_pages
from seo.findings import Finding, Verdict
from seo.gathering import gather_saved
from seo.ratings import aggregates, reviews
from seo.rules import RULES
from seo.runner import run
from seo.structured_data import Item, Syntax
from seo.subject import Subject

_CANONICAL = re.compile(rb"""<link(?=[^>]*rel=["']canonical)[^>]*href=["'](https?://[^"']+)""", re.IGNORECASE)
_HEAD = "| rule | fault | fail | pass | not applicable | not evaluated | ambiguous |"
_SHOWN = (Verdict.FAIL, Verdict.PASS, Verdict.NOT_APPLICABLE, Verdict.NOT_EVALUATED, Verdict.AMBIGUOUS)


def main() -> None:
    """Print the tables that stand in benchmarks/README.md. Ends with 1 when a rule has crashed."""
    subjects = [_subject(raw) for raw in real_pages()]
    findings = [run(subject) for subject in subjects]
    print(f"{len(subjects)} product pages\n")
    print(_rates(subjects))
    print()
    print(_verdicts(findings))
    crashed = [finding for raw in every_page() for finding in run(_subject(raw)) if finding.error_id]
    print(f"\nevery page of the corpus: {len(crashed)} crashed rules")
    sys.exit(1 if crashed else 0)


def _subject(raw: bytes) -> Subject:
    found = _CANONICAL.search(raw)
    return gather_saved(raw, url=found[1].decode("utf-8", "replace") if found else "", truth=None)


def _verdicts(findings: Iterable[tuple[Finding, ...]]) -> str:
    counted: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for page in findings:
        for finding in page:
            counted[finding.code][finding.outcome.verdict] += 1
    lines = [
        "| rule | fault | fail | pass | not applicable | not evaluated | ambiguous |",
        "| --- | --- |" + " --- |" * 5,
    ]
    for rule in RULES:
        told = counted[rule.code]
        # what every saved page leaves open says nothing of the pages
        if told[Verdict.FAIL] or told[Verdict.PASS]:
            cells = " | ".join(str(told[verdict]) for verdict in _SHOWN)
            lines.append(f"| {rule.code} | {rule.id} | {cells} |")
    return "\n".join(lines)


def _rates(subjects: list[Subject]) -> str:
    lines = ["| what the pages have | of | here |", "| --- | --- | --- |"]
    written = [review for subject in subjects for review, _ in reviews(subject.structured)]
    for name, fits in _PER_PAGE.items():
        lines.append(f"| {name} | {len(subjects)} pages | {sum(map(fits, subjects))} |")
    for name, lacks in _PER_REVIEW.items():
        lines.append(f"| {name} | {len(written)} marked-up reviews | {sum(map(lacks, written))} |")
    return "\n".join(lines)


def _announces_without_reviews(subject: Subject) -> bool:
    counted = any(marked.rating.text("reviewCount").strip("0") for marked in aggregates(subject.structured))
    return counted and not reviews(subject.structured)


def _has_several(subject: Subject) -> bool:
    by_syntax = Counter(marked.rating.syntax for marked in aggregates(subject.structured))
    return max(by_syntax.values(), default=0) > 1


_PER_PAGE: dict[str, Callable[[Subject], bool]] = {
    "an aggregate rating": lambda subject: bool(aggregates(subject.structured)),
    "marked-up reviews": lambda subject: bool(reviews(subject.structured)),
    "a reviewCount and no marked-up review": _announces_without_reviews,
    "several aggregates in one syntax": _has_several,
    "an aggregate without bestRating": lambda subject: any(
        not marked.rating.values("bestRating") for marked in aggregates(subject.structured)
    ),
    "JSON-LD": lambda subject: bool(subject.structured.scripts),
    "microdata": lambda subject: any(item.syntax is Syntax.MICRODATA for item in subject.structured.items),
}
_PER_REVIEW: dict[str, Callable[[Item], bool]] = {
    "a bare string as author": lambda review: bool(review.text("author")) and not review.items("author"),
    "no datePublished": lambda review: not review.text("datePublished"),
    "no body": lambda review: not (review.text("reviewBody") or review.text("description")),
}


if __name__ == "__main__":
    main()
