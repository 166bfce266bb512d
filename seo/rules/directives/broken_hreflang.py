"""LNG-01: the declared language versions are incomplete, misspelt or not returned. Languages of reviews are
foreign-review-language.
"""

from collections import defaultdict
from dataclasses import replace

from seo import alternates, directives
from seo.alternates import Alternate
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, failed_if, not_evaluated
from seo.language_codes import is_known
from seo.rules.rule import Rule
from seo.sitemaps import comparable
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """This page among them, addresses absolute, codes known, one address a code, and each version naming this page.

    Evidence: each that is not so. While versions were not asked for, only what the page itself tells is judged.
    """
    told = subject.alternates
    if not told:
        return NOT_APPLICABLE
    here = comparable(subject.page.url)
    wrong = [*_written(told), *_doubled(told)]
    if subject.page.url and here not in {comparable(version.url) for version in told}:
        wrong.append(replace(told[0].evidence, excerpt="no hreflang for this page itself"))
    others = [version for version in told if comparable(version.url) != here]
    wrong += [shown for version in others if (shown := _unreturned(version, subject))]
    if wrong:
        return failed(*wrong)
    asked = all(subject.answer(version.url) for version in others)
    return failed_if([]) if asked else not_evaluated(subject.unasked())


def _written(told: tuple[Alternate, ...]) -> list[Evidence]:
    found = []
    for version in told:
        if not version.written.startswith(("http://", "https://")):
            found.append(replace(version.evidence, excerpt=f"{version.evidence.excerpt}: relative"))
        if not is_known(version.lang):
            found.append(replace(version.evidence, excerpt=f"{version.evidence.excerpt}: unknown code"))
    return found


def _doubled(told: tuple[Alternate, ...]) -> list[Evidence]:
    by_code: dict[str, set[str]] = defaultdict(set)
    for version in told:
        by_code[version.lang.lower()].add(comparable(version.url))
    doubled = [code for code, urls in by_code.items() if len(urls) > 1]
    return [version.evidence for version in told if version.lang.lower() in doubled]


def _unreturned(version: Alternate, subject: Subject) -> Evidence | None:
    answer = subject.answer(version.url)
    if answer is None:
        return None
    fault = ""
    if answer.page is None or answer.status != 200:
        fault = answer.said
    elif "noindex" in directives.for_googlebot(answer.page):
        fault = "noindex"
    elif comparable(subject.page.url) not in {comparable(back.url) for back in alternates.alternates(answer.page)}:
        fault = "does not name this page"
    return replace(version.evidence, excerpt=f"{version.evidence.excerpt}: {fault}") if fault else None


RULE = Rule(
    code="LNG-01",
    id="broken-hreflang",
    severity=Severity.WARNING,
    title_pass="The language versions name each other",
    title_fail="The language versions are incomplete, misspelt or not returned",
    why="Versions that do not name each other are ignored, and shoppers land on the page in another language.",
    example='<link rel="alternate" hreflang="en-UK" href="/en/teapot">',
    remedy=(
        "On every version list all of them, itself included, with absolute addresses and ISO codes, and add x-default."
    ),
    source="https://developers.google.com/search/docs/specialty/international/localized-versions",
    check=check,
)
