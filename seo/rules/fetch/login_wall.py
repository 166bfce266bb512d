"""HTTP-03: crawlers meet a refusal or a login form in place of the page. Other statuses are page-not-ok."""

from selectolax.lexbor import LexborNode

from seo.findings import Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.matching import tokens
from seo.rules.rule import Rule
from seo.sightings import ReviewClass
from seo.subject import Subject

_LEAST_SHARE = 0.2


def check(subject: Subject) -> Outcome:
    """The status must not be 401 or 403, and a page with a password field must show the product all the same.

    With such a field the page is held against the truth: less than a fifth of what is expected is a wall. Evidence: the
    status, or the form.
    """
    page = subject.page
    if page.status in (401, 403):
        return failed(Evidence(str(page.status), url=page.url))
    fields = filter(_is_password, page.tree.css("form input") if page.mentions("password") else ())
    field = next(fields, None)
    if field is None:
        return passed()
    if subject.truth is None:
        return not_evaluated(Reason.NO_TRUTH, _shown(field, subject))
    return failed(_shown(field, subject)) if _share(subject) < _LEAST_SHARE else passed(_shown(field, subject))


def _is_password(node: LexborNode) -> bool:
    return (node.attributes.get("type") or "").strip().lower() == "password"


def _share(subject: Subject) -> float:
    """How much of the product's name and reviews the page shows."""
    words = set(subject.document.index.words)
    name = tokens(subject.truth.product_name) if subject.truth else ()
    expected = [all(word in words for word in name)] if name else []
    expected += [sighting.kind is ReviewClass.RAW for sighting in subject.sightings]
    return sum(expected) / len(expected) if expected else 1.0


def _shown(field: LexborNode, subject: Subject) -> Evidence:
    form = field
    while form.parent is not None and form.tag != "form":
        form = form.parent
    action = form.attributes.get("action") or ""
    offset = subject.page.places.tag_offset("form", action) if action else None
    return Evidence(f"form action={action!r}", offset=offset, css_path=subject.page.places.css_path(form))


RULE = Rule(
    code="HTTP-03",
    id="login-wall",
    severity=Severity.ERROR,
    title_pass="Crawlers reach the page without logging in",
    title_fail="Crawlers meet a refusal or a login in place of the page",
    why="Crawlers have no account: what stands behind a login or a refusal is not indexed.",
    example="HTTP/1.1 403 Forbidden",
    remedy="Serve the product page to everyone, and keep logins and firewalls to the account and the checkout.",
    source="https://developers.google.com/search/docs/essentials/technical",
    check=check,
)
