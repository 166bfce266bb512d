"""OG-13: sharing tags are in the drawn page only. Tags that are missing altogether are missing-open-graph."""

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.sighted import without_rendering
from seo.social_tags import social_tags
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every sharing tag of the drawn page must be in the HTML by its name. Evidence: each that is not."""
    if reason := without_rendering(subject):
        return reason
    drawn = social_tags(subject.rendered.light.page) if subject.rendered else ()
    if not drawn and not subject.social:
        return NOT_APPLICABLE
    written = {tag.name for tag in subject.social}
    return failed_if(
        [Evidence(f"{tag.name}: {tag.content}", css_path=tag.css_path) for tag in drawn if tag.name not in written]
    )


RULE = Rule(
    code="OG-13",
    id="social-tags-by-scripts",
    severity=Severity.WARNING,
    title_pass="The sharing tags are in the HTML",
    title_fail="Scripts alone write sharing tags",
    why="The robots of networks and messengers run no scripts: they see a page without these tags.",
    example='<script>head.append(meta("og:title", product.name))</script>',
    remedy="Write the tags into the head on the server.",
    source="https://ogp.me",
    check=check,
)
