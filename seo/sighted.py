"""What rules about reviews share: which sightings to judge, and how one is told as evidence. Sighting itself is
sightings.py's.
"""

from dataclasses import replace

from selectolax.lexbor import LexborNode

from seo.findings import Evidence, Outcome, Reason, not_evaluated
from seo.sightings import ReviewClass, Sighting
from seo.subject import Subject


def of_class(subject: Subject, *kinds: ReviewClass) -> list[Sighting]:
    """The published reviews of these classes, in the order of the truth."""
    return [sighting for sighting in subject.sightings if sighting.kind in kinds]


def node_of(sighting: Sighting, subject: Subject) -> LexborNode | None:
    """The element of the checked page that a text was found in; None when it was found elsewhere."""
    if sighting.evidence.url or not sighting.evidence.css_path:
        return None
    return subject.page.tree.css_first(sighting.evidence.css_path)


def told(sighting: Sighting) -> Evidence:
    """Review, class and share found, at the place where it was found."""
    share = f" {sighting.share:.0%}" if sighting.kind is ReviewClass.TRUNCATED else ""
    excerpt = f"{sighting.kind}{share}: {sighting.review.author}: {sighting.evidence.excerpt}"
    return replace(sighting.evidence, excerpt=excerpt, review_id=sighting.review.id)


def without_reviews(subject: Subject) -> Outcome | None:
    """Why no review can be judged: no truth was given, or it holds no published review. None when there are some."""
    if subject.truth is None:
        return not_evaluated(Reason.NO_TRUTH)
    return not_evaluated(Reason.NO_REVIEWS) if not subject.truth.reviews else None


def without_rendering(subject: Subject) -> Outcome | None:
    """Why there is no drawn page to judge; None when there is one."""
    if subject.rendered is not None:
        return None
    evidence = (Evidence(subject.render_failure),) if subject.render_failure else ()
    return not_evaluated(subject.unrendered, *evidence)
