"""CAN-03: the canonical leads to the home page, another product, or a page that cannot be indexed. Its form is
malformed-canonical.
"""

from dataclasses import replace
from urllib.parse import urlsplit

from seo import directives
from seo.answers import Answer
from seo.findings import NOT_APPLICABLE, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.matching import index_of_text, tokens
from seo.rules.rule import Rule
from seo.sitemaps import comparable
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Its target must answer 200 without redirect, be open to Googlebot, and be about the same product.

    A canonical that names the page itself is as good as the page. Evidence: the canonical and what its target answers.
    """
    counted = [canonical for canonical in subject.canonicals if canonical.counts]
    if not counted:
        return NOT_APPLICABLE
    if not subject.page.url:
        return not_evaluated(Reason.NO_ADDRESS)
    unasked = False
    for canonical in counted:
        if comparable(canonical.url) == comparable(subject.page.url):
            continue
        answer = subject.answer(canonical.url)
        fault = "home page" if _is_home(canonical.url, subject) else _fault(answer, subject) if answer else ""
        if fault:
            return failed(replace(canonical.evidence, excerpt=f"{canonical.url}: {fault}"))
        unasked |= answer is None
    return not_evaluated(subject.unasked()) if unasked else passed()


def _is_home(url: str, subject: Subject) -> bool:
    return urlsplit(url).path in ("", "/") and urlsplit(subject.page.url).path not in ("", "/")


def _fault(answer: Answer, subject: Subject) -> str:
    if answer.blocked_by:
        return f"robots.txt:{answer.blocked_by.number} {answer.blocked_by.source}"
    if answer.fetched is None or answer.page is None or answer.status != 200:
        return answer.said
    if answer.fetched.hops:
        return f"{answer.fetched.hops[0].status} → {answer.fetched.hops[0].location}"
    if "noindex" in directives.for_googlebot(answer.page):
        return "noindex"
    return "another product" if _is_other(answer, subject) else ""


def _is_other(answer: Answer, subject: Subject) -> bool:
    """Whether not half of the product's name is in the target's title and headings."""
    name = set(tokens(subject.truth.product_name)) if subject.truth else set()
    headings = answer.page.tree.css("title, h1, h2") if answer.page else []
    there = set(index_of_text(" ".join(node.text() for node in headings)).words)
    return bool(name) and len(name & there) / len(name) < 0.5


RULE = Rule(
    code="CAN-03",
    id="unfit-canonical-target",
    severity=Severity.ERROR,
    title_pass="The canonical leads to a page that can stand for this one",
    title_fail="The canonical leads to a page that cannot stand for this one",
    why=(
        "The page gives its place in the index to its canonical; if that is gone, closed or about something else, "
        "both are lost."
    ),
    example='<link rel="canonical" href="https://shop.example/">',
    remedy="Name the product page's own final address, which answers 200 and may be indexed.",
    source="https://developers.google.com/search/docs/crawling-indexing/canonicalization-troubleshooting",
    check=check,
)
