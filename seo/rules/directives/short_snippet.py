"""IDX-03: directives forbid a snippet, or leave too little room for a review in it. Parts of the page are
nosnippet-around-reviews.
"""

from seo.findings import Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.subject import Subject

LEAST_CHARACTERS = 50


def check(subject: Subject) -> Outcome:
    """No nosnippet, and no max-snippet from 0 to 49, may hold for Googlebot. Evidence: the directive."""
    plain = subject.googlebot.get("nosnippet")
    if plain:
        return failed(plain.evidence)
    held = [d for d in subject.told_directives if d.name == "max-snippet" and d.agent in ("robots", "googlebot")]
    short = [d.evidence for d in held if d.value.isdecimal() and int(d.value[:9]) < LEAST_CHARACTERS]
    return failed(*short) if short else passed(*(d.evidence for d in held))


RULE = Rule(
    code="IDX-03",
    id="short-snippet",
    severity=Severity.WARNING,
    title_pass="Snippets may quote the page",
    title_fail="Snippets may not quote the page, or too little of it",
    why=(
        "Without a snippet no line of a review shows in results, and answers of search engines may not draw on the"
        " page."
    ),
    example='<meta name="robots" content="max-snippet:0">',
    remedy="Drop nosnippet and write max-snippet:-1; keep single parts out with data-nosnippet.",
    source="https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag",
    check=check,
)
