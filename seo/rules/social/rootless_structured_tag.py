"""OG-10: a structured property stands before its root tag, or without one. Missing properties are other rules'."""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.subject import Subject

_KINDS = ("og:image", "og:video", "og:audio")


def check(subject: Subject) -> Outcome:
    """og:image:width and its like must follow their og:image; so for video and audio. Evidence: each that does not."""
    tags = [tag for tag in subject.social if tag.name.startswith(_KINDS)]
    if not tags:
        return NOT_APPLICABLE
    opened: set[str] = set()
    early = []
    for tag in tags:
        root = ":".join(tag.name.split(":")[:2])
        if tag.name in (root, f"{root}:url", f"{root}:secure_url"):
            opened.add(root)
        elif root not in opened:
            early.append(tag.evidence)
    return failed_if(early)


RULE = Rule(
    code="OG-10",
    id="rootless-structured-tag",
    severity=Severity.WARNING,
    title_pass="Structured properties follow their root tag",
    title_fail="A structured property stands before its root tag",
    why="A property belongs to the root before it; one that comes first is lost, or given to another picture.",
    example="og:image:width before og:image",
    remedy="Write og:image first, then its width, height and alt, then the next og:image.",
    source="https://ogp.me/#structured",
    check=check,
)
