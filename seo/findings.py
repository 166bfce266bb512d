"""What a rule may answer, and the evidence it must bring. Who asks the rules is runner.py; how it is told,
reporters/.
"""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """A rule's answer. Nothing that was not looked at is ever a pass."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    FAIL = "fail"
    NOT_APPLICABLE = "not-applicable"
    NOT_EVALUATED = "not-evaluated"
    AMBIGUOUS = "ambiguous"
    CRASHED = "crashed"


class Severity(StrEnum):
    """What a failure costs: indexing or stars, some of their worth, or nothing yet."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Higher is worse."""
        return {"info": 0, "warning": 1, "error": 2}[self.value]


class Reason(StrEnum):
    """Why a rule was not evaluated, or could not tell. The sentence is the catalogue's, keyed `reason.<value>`."""

    NO_TRUTH = "no-truth"
    NO_REVIEWS = "no-reviews"
    NO_RATING = "no-rating"
    SAVED_FILE = "saved-file"
    ROBOTS_UNREACHABLE = "robots-unreachable"
    PAGES_NOT_VISITED = "pages-not-visited"
    FRAMES_NOT_FETCHED = "frames-not-fetched"
    UNREADABLE_MICRODATA = "unreadable-microdata"
    PAGE_CUT = "page-cut"
    TEXT_TOO_SHORT = "text-too-short"
    SEVERAL_PRODUCTS = "several-products"
    LINK_NOT_FETCHED = "link-not-fetched"
    SITEMAP_INCOMPLETE = "sitemap-incomplete"
    NO_FEED = "no-feed"
    NO_ADDRESS = "no-address"
    NO_DATES = "no-dates"
    NOT_ASKED = "not-asked"
    NOT_KNOWN = "not-known"
    NOT_RENDERED = "not-rendered"
    NO_BROWSER = "no-browser"
    RENDERING_FAILED = "rendering-failed"
    RENDERING_CUT = "rendering-cut"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that shows it. `excerpt` quotes the source or names the value; the rest says where it stands.

    - `offset`: byte in the page's body. `css_path`: selector in its HTML5 tree. `header`: the response header line.
    - `line`: line of robots.txt. `url`: the other document meant (frame, later page, robots.txt).
    - `review_id`: the review it is about.
    """

    excerpt: str
    offset: int | None = None
    css_path: str = ""
    header: str = ""
    line: int | None = None
    url: str = ""
    review_id: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rule's answer with its evidence. `severity` overrides the rule's own, where a case weighs less."""

    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    reason: Reason | None = None
    severity: Severity | None = None


PASSED = Outcome(Verdict.PASS)
NOT_APPLICABLE = Outcome(Verdict.NOT_APPLICABLE)


def failed(*evidence: Evidence) -> Outcome:
    """The fault is there, at each of these places."""
    return Outcome(Verdict.FAIL, evidence)


def passed(*evidence: Evidence) -> Outcome:
    """Looked at, and fine; evidence where it helps to see what was looked at."""
    return Outcome(Verdict.PASS, evidence)


def failed_if(evidence: tuple[Evidence, ...] | list[Evidence], *, severity: Severity | None = None) -> Outcome:
    """A failure with this evidence, or a pass when there is none."""
    return Outcome(Verdict.FAIL, tuple(evidence), severity=severity) if evidence else PASSED


def not_evaluated(reason: Reason, *evidence: Evidence) -> Outcome:
    """Could not be looked at."""
    return Outcome(Verdict.NOT_EVALUATED, evidence, reason)


def ambiguous(reason: Reason, *evidence: Evidence) -> Outcome:
    """Was looked at and cannot be told."""
    return Outcome(Verdict.AMBIGUOUS, evidence, reason)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's answer about one page. `error_id` stands in the log beside the traceback of a rule that crashed."""

    code: str
    id: str
    severity: Severity
    outcome: Outcome
    error_id: str = ""

    @property
    def is_fault(self) -> bool:
        """Whether the page has something to mend here."""
        return self.outcome.verdict is Verdict.FAIL
