"""TW-02: title or description of the card are longer than what is shown. Which card it is, is missing-twitter-card."""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.social_tags import SocialTag, first
from seo.subject import Subject

_LONGEST = (("title", 70), ("description", 200))


def check(subject: Subject) -> Outcome:
    """At most 70 characters of title and 200 of description, after the fallback to Open Graph. Evidence: each longer
    one.
    """
    told = [(_tag(subject, name), length) for name, length in _LONGEST]
    if not any(tag for tag, _ in told):
        return NOT_APPLICABLE
    return failed_if([_shown(tag) for tag, length in told if tag and len(tag.content) > length])


def _tag(subject: Subject, name: str) -> SocialTag | None:
    return first(subject.social, f"twitter:{name}") or first(subject.social, f"og:{name}")


def _shown(tag: SocialTag) -> Evidence:
    return replace(tag.evidence, excerpt=f"{tag.name}: {len(tag.content)}: {tag.content[:60]}")


RULE = Rule(
    code="TW-02",
    id="overlong-card-text",
    severity=Severity.INFO,
    title_pass="Title and description of the card are short enough",
    title_fail="Title or description of the card are cut off",
    why="What is longer is cut wherever the line ends.",
    example="a title of 120 characters",
    remedy="Write a twitter:title of at most 70 characters and a twitter:description of at most 200.",
    source="https://developer.x.com/en/docs/x-for-websites/cards/overview/markup",
    check=check,
)
