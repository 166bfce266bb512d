"""REV-12: a text that was rejected, withdrawn or erased is still on the page. Published reviews are the rules'
beside.
"""

from dataclasses import replace

from seo.findings import Evidence, Outcome, Reason, Severity, ambiguous, failed, not_evaluated, passed
from seo.leaks import Leak
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """No gone text may stand on the page, its frames or further pages, drawn or inert. Evidence: review, status,
    place.
    """
    if subject.truth is None:
        return not_evaluated(Reason.NO_TRUTH)
    if not subject.truth.tells_gone:
        return not_evaluated(Reason.NOT_KNOWN)
    certain = [_shown(leak) for leak in subject.leaks if leak.is_certain]
    if certain:
        return failed(*certain)
    doubtful = [_shown(leak) for leak in subject.leaks]
    return ambiguous(Reason.TEXT_TOO_SHORT, *doubtful) if doubtful else passed()


def _shown(leak: Leak) -> Evidence:
    return replace(leak.evidence, excerpt=f"{leak.gone.status}: {leak.evidence.excerpt}", review_id=leak.gone.id)


RULE = Rule(
    code="REV-12",
    id="leaked-review",
    severity=Severity.ERROR,
    title_pass="No rejected or withdrawn text is left on the page",
    title_fail="A rejected or withdrawn text is still on the page",
    why="Its author or a moderator has taken it back; a cache or a copy in the theme still publishes it.",
    example="<p>(the text of a review that was rejected yesterday)</p>",
    remedy="Purge the cached page and the app's own copy of the reviews, then check again.",
    source="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    check=check,
)
