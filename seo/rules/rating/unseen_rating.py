"""RAT-15: a marked-up rating is nowhere to be seen on the page. Whether it is true is rating-differs-from-reviews."""

from dataclasses import replace

from seo.drawn_text import NEVER_DRAWN
from seo.findings import Evidence, Outcome, Severity, failed, not_evaluated
from seo.ratings import Marked, aggregates, nothing_to_judge, scaled, unless_unread
from seo.rules.rule import Rule
from seo.subject import Subject
from seo.visible_numbers import is_shown


def check(subject: Subject) -> Outcome:
    """Every aggregate's value must be readable on the page: as a number, with dot or comma, or in a label of stars.

    One rounded to a decimal or two, or brought to five stars, is the same. Evidence: each that is not there. Without a
    browser an unseen value is not judged when scripts could draw it.
    """
    found = [marked for marked in aggregates(subject.structured) if scaled(marked.rating)]
    if not found:
        return nothing_to_judge(subject)
    unseen = [marked for marked in found if not _is_seen(marked, subject)]
    if unseen and subject.rendered is None and subject.page.tree.css_first("script[src]"):
        return not_evaluated(subject.unrendered, *map(_shown, unseen))
    return failed(*map(_shown, unseen)) if unseen else unless_unread(subject, [])


def _is_seen(marked: Marked, subject: Subject) -> bool:
    read = scaled(marked.rating)
    if read is None or _is_drawn(marked):
        return True
    value, _, best, _ = read
    texts = [subject.document.visible_text]
    if subject.rendered is not None:
        texts.append(subject.rendered.light.visible_text)
    on_five = value * 5 / best if best > 0 else value
    return any(is_shown(number, text) for text in texts for number in {value, on_five})


def _is_drawn(marked: Marked) -> bool:
    """Whether the value is microdata in the text itself, outside what is never drawn."""
    node = marked.rating.nodes.get("ratingValue")
    if node is None or node.tag == "meta" or node.attributes.get("content") is not None:
        return False
    while node is not None:
        if node.tag in NEVER_DRAWN:
            return False
        node = node.parent
    return True


def _shown(marked: Marked) -> Evidence:
    claim = marked.shown("ratingValue")
    return replace(claim, excerpt=f"{claim.excerpt}: not on the page")


RULE = Rule(
    code="RAT-15",
    id="unseen-rating",
    severity=Severity.ERROR,
    title_pass="The marked-up rating can be read on the page",
    title_fail="The marked-up rating cannot be read on the page",
    why=(
        "Markup may only say what readers see; a rating that the page does not show risks a manual action against "
        "all stars."
    ),
    example='"ratingValue": 4.7 and a page without any rating on it',
    remedy="Show the mean beside the stars, as a number or as their label.",
    source="https://developers.google.com/search/docs/appearance/structured-data/sd-policies",
    check=check,
)
