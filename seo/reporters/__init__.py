"""How a check is told: one reporter a file, each a function from a `Report` to text. Deciding is the rules'."""

from collections import Counter
from dataclasses import dataclass

from seo.findings import Finding, Reason, Severity, Verdict
from seo.indexability import Indexable, Judgement


@dataclass(frozen=True, slots=True)
class Report:
    """One checked page: what was asked for, the address it led to, every rule's answer, every review's class.

    `unrendered` says why the page was not drawn; None when it was.
    """

    target: str
    url: str
    findings: tuple[Finding, ...]
    judgements: tuple[Judgement, ...]
    checked_at: str
    unrendered: Reason | None = None

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
