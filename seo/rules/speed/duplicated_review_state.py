"""PERF-02: the reviews stand in the HTML a second time, as data for scripts. Text that stands only there is
review-in-inert-markup.
"""

from seo.drawn_text import from_script
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed_if
from seo.json_ld import MIME_TYPE
from seo.matching import PRESENT, index_of_text, tokens
from seo.rules.rule import Rule
from seo.sighted import of_class, without_reviews
from seo.sightings import ReviewClass
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """No script but JSON-LD may repeat drawn reviews and be longer than their texts. Evidence: script, sizes."""
    if reason := without_reviews(subject):
        return reason
    texts = [sighting.review.text for sighting in of_class(subject, ReviewClass.RAW)]
    if not texts:
        return NOT_APPLICABLE
    length = sum(map(len, texts))
    places = subject.page.places
    return failed_if(
        [
            Evidence(f"{len(source)} > {length} characters", places.start_of(node), places.css_path(node))
            for node in subject.page.tree.css("script:not([src])")
            if (source := node.text() or "")
            and len(source) > length
            and _repeats(source, node.attributes.get("type"), texts)
        ]
    )


def _repeats(source: str, kind: str | None, texts: list[str]) -> bool:
    if MIME_TYPE in (kind or "").lower():
        return False
    index = index_of_text(from_script(source))
    return any(len(tokens(text)) >= 5 and index.find(tokens(text)).share >= PRESENT for text in texts)


RULE = Rule(
    code="PERF-02",
    id="duplicated-review-state",
    severity=Severity.INFO,
    title_pass="The reviews stand in the HTML once",
    title_fail="The reviews stand in the HTML a second time as data",
    why="The same texts are sent twice, once to be read and once to be drawn again by a script.",
    example='<article>…</article> … <script>window.__STATE__ = {"reviews": [ … ]}</script>',
    remedy="Let the script take over what is drawn, or ask for the data only when it is needed.",
    source="https://developers.google.com/search/docs/appearance/core-web-vitals",
    check=check,
)
