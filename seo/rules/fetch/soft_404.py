"""HTTP-04: a page that says it was not found answers 200. A page that does answer 404 is page-not-ok."""

import re

from seo.findings import Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.matching import tokens
from seo.rules.rule import Rule
from seo.subject import Subject

# what shops say in their title or heading, in three languages
_NOT_FOUND = re.compile(
    r"\b404\b|not\s+found|(?:does\s+not|doesn.t|no\s+longer)\s+exist|no\s+longer\s+available|introuvable|n.existe\s+(?:pas|plus)"
    r"|non\s+trouvée?|页面不存在|找不到|無法找到",
    re.IGNORECASE,
)
_LEAST_SHARE = 0.5


def check(subject: Subject) -> Outcome:
    """Title and headings must not say that nothing was found, and the product's name must be in title or text.

    Evidence: the heading that says so, or the name that is absent. A saved file is judged by its words alone.
    """
    page = subject.page
    if page.status not in (None, 200):
        return not_evaluated(Reason.NOT_KNOWN, Evidence(str(page.status), url=page.url))
    for node in [*page.elements.named("title"), *page.elements.named("h1")]:
        words = " ".join(node.text().split())
        if found := _NOT_FOUND.search(words):
            return failed(
                Evidence(words[:80], offset=page.places.offset(found.group()), css_path=page.places.css_path(node))
            )
    name = tokens(subject.truth.product_name) if subject.truth else ()
    if not name:
        return passed()
    title = page.tree.css_first("title")
    there = {*subject.document.index.words, *tokens(title.text() if title is not None else "")}
    is_named = sum(word in there for word in name) / len(name) >= _LEAST_SHARE
    return passed() if is_named else failed(Evidence(f"absent: {subject.truth.product_name if subject.truth else ''}"))


RULE = Rule(
    code="HTTP-04",
    id="soft-404",
    severity=Severity.ERROR,
    title_pass="The page does not look like one that was not found",
    title_fail="The page answers 200 and looks like one that was not found",
    why='A page that says "not found" with status 200 is taken for a soft 404 and dropped, with all that is on it.',
    example="HTTP/1.1 200 OK … <h1>Sorry, this page does not exist</h1>",
    remedy="Answer 404 or 410 for products that are gone, and 200 only with the product itself.",
    source="https://developers.google.com/search/docs/crawling-indexing/troubleshoot-crawling-errors",
    check=check,
)
