"""How checks are told: one reporter a file, each a function from a `Report` or a `Survey` to text. Deciding is the
rules'.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from seo.excerpts import Excerpt
from seo.findings import Finding, Reason, Severity, Verdict
from seo.indexability import Indexable, Judgement


@dataclass(frozen=True, slots=True)
class Report:
    """One checked page: what was asked for, the address it led to, every rule's answer, every review's class.

    - `unrendered` says why the page was not drawn; None when it was.
    - `failure` is the sentence that says why there was no page to look at; then there are no findings.
    - `skipped`: it was left alone on purpose, as robots.txt asks; `failure` says so.
    - `excerpts` are pieces of its source with evidence in them, when a reporter wants them.
    - `known` are the codes of the faults that a baseline knows whole; they fail nothing.
    """

    target: str
    url: str
    findings: tuple[Finding, ...]
    judgements: tuple[Judgement, ...]
    checked_at: str
    unrendered: Reason | None = None
    failure: str = ""
    skipped: bool = False
    excerpts: tuple[Excerpt, ...] = ()
    known: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        """What to call the page: the address it led to, else what was asked for."""
        return self.url or self.target

    @property
    def faults_found(self) -> tuple[Finding, ...]:
        """The rules that failed, worst first."""
        found = [finding for finding in self.findings if finding.is_fault]
        return tuple(sorted(found, key=lambda finding: -finding.severity.rank))

    def faults(self, severity: Severity) -> int:
        """How many rules failed with this severity."""
        return sum(1 for finding in self.findings if finding.is_fault and finding.severity is severity)

    def indexable(self) -> Counter[Indexable]:
        """How many reviews can be indexed, cannot, or may be."""
        return Counter(judgement.indexable for judgement in self.judgements)

    @property
    def coverage(self) -> float | None:
        """The share of the reviews with a text that surely can be indexed; None when there is none."""
        return self.indexable()[Indexable.YES] / len(self.judgements) if self.judgements else None

    def verdicts(self) -> Counter[Verdict]:
        """How many rules gave each verdict."""
        return Counter(finding.outcome.verdict for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Survey:
    """Several checked pages. `pages` may be gone through any number of times, so that they need not be held in memory.

    `unvisited` counts pages that a limit left out; `resolved` the places that the baseline knows and that are gone.
    """

    pages: Iterable[Report]
    unvisited: int = 0
    resolved: int = 0
