"""REV-09: reviews are reached only through further pages. They are found; this rule says what that costs."""

from dataclasses import replace

from seo import directives
from seo.findings import Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_reviews
from seo.sightings import ReviewClass, Sighting
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Reviews that only a page reached by `<a href>` shows. Evidence: the chain of addresses, and a noindex on its
    end.
    """
    if reason := without_reviews(subject):
        return reason
    if subject.unvisited and of_class(subject, ReviewClass.ABSENT):
        unread = [Evidence("", url=url) for url in subject.unvisited[:10]]
        return not_evaluated(Reason.PAGES_NOT_VISITED, *unread)
    return failed_if([_shown(sighting, subject) for sighting in of_class(subject, ReviewClass.PAGE_N)])


def _shown(sighting: Sighting, subject: Subject) -> Evidence:
    for document in subject.later_pages:
        if document.chain and document.chain[-1] == sighting.evidence.url:
            is_kept_out = "noindex" in directives.for_googlebot(document.page)
            chain = " → ".join(document.chain) + (" (noindex)" if is_kept_out else "")
            return replace(told(sighting), excerpt=f"{told(sighting).excerpt}: {chain}")
    return told(sighting)


RULE = Rule(
    code="REV-09",
    id="review-only-on-later-page",
    severity=Severity.WARNING,
    title_pass="No review needs a further page",
    title_fail="Reviews stand only on further pages",
    why="Further pages are crawled later and less often, and each needs an address and a canonical of its own.",
    example='<a href="/products/teapot?page=2">2</a>',
    remedy="Show more reviews on the first page; keep the further ones linked by `<a href>` and self-canonical.",
    source="https://developers.google.com/search/docs/specialty/ecommerce/pagination-and-incremental-page-loading",
    check=check,
)
