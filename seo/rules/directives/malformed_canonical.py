"""CAN-04: the canonical is written in a way that is ignored or misread. Where it leads is unfit-canonical-target."""

from dataclasses import replace
from urllib.parse import urlsplit

from seo.canonicals import Canonical
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.subject import Subject

_SPOILING = ("media", "hreflang", "lang", "type")


def check(subject: Subject) -> Outcome:
    """Absolute, without fragment, https on an https page, without media, hreflang, lang or type. Evidence: what is
    not.
    """
    counted = [canonical for canonical in subject.canonicals if canonical.counts]
    if not counted:
        return NOT_APPLICABLE
    return failed_if([shown for canonical in counted if (shown := _fault(canonical, subject))])


def _fault(canonical: Canonical, subject: Subject) -> Evidence | None:
    try:
        parts = urlsplit(canonical.written)
    except ValueError:
        return replace(canonical.evidence, excerpt=f"{canonical.written[:200]}: invalid")
    attributes = canonical.node.attributes if canonical.node is not None else {}
    faults = [
        "relative" if not (parts.scheme and parts.netloc) else "",
        "fragment" if parts.fragment else "",
        "http" if parts.scheme == "http" and subject.page.url.startswith("https:") else "",
        *(name for name in _SPOILING if name in attributes),
    ]
    told = ", ".join(filter(None, faults))
    return replace(canonical.evidence, excerpt=f"{canonical.written[:200]}: {told}") if told else None


RULE = Rule(
    code="CAN-04",
    id="malformed-canonical",
    severity=Severity.WARNING,
    title_pass="The canonical is a plain absolute address",
    title_fail="The canonical is written in a way that may be ignored",
    why=(
        "A relative address follows every mirror and parameter, and an element with media, hreflang, lang or type "
        "is no canonical."
    ),
    example='<link rel="canonical" href="/teapot#reviews">',
    remedy="Write the whole https address without a fragment, and nothing but rel and href.",
    source="https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls",
    check=check,
)
