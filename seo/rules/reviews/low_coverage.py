"""REV-17: fewer published reviews can be indexed than there should be. Each missing one is told by the rules beside."""

from seo.findings import Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.indexability import Indexable, judged
from seo.rules.rule import Rule
from seo.sighted import without_reviews
from seo.subject import Subject

TARGET = 0.95


def check(subject: Subject) -> Outcome:
    """At least 95 % of the published reviews with a text must surely be indexable, here or on a further page.

    Evidence: how many are, of how many, and on how many it depends. While those could make up the share, nothing is
    claimed.
    """
    if reason := without_reviews(subject):
        return reason
    answers = [judgement.indexable for judgement in judged(subject)]
    if not answers:
        return not_evaluated(Reason.NO_REVIEWS)
    sure, open_ = answers.count(Indexable.YES), answers.count(Indexable.DEPENDS)
    evidence = Evidence(f"{sure} / {len(answers)}" + (f" (+ {open_}?)" if open_ else ""), url=subject.page.url)
    if sure >= TARGET * len(answers):
        return passed(evidence)
    could_be = sure + open_ >= TARGET * len(answers)
    return not_evaluated(Reason.NOT_KNOWN, evidence) if could_be else failed(evidence)


RULE = Rule(
    code="REV-17",
    id="low-coverage",
    severity=Severity.INFO,
    title_pass="Nearly all published reviews can be indexed",
    title_fail="Too few of the published reviews can be indexed",
    why="Reviews that cannot be indexed answer nobody's search: the share that can is what the work on reviews earns.",
    example="12 / 136",
    remedy="Mend what the other rules about reviews name, the most frequent class first.",
    source="https://developers.google.com/search/docs/specialty/ecommerce/pagination-and-incremental-page-loading",
    check=check,
)
