"""How a check is told: one reporter a file, each a function from a `Report` to text. Deciding is the rules'."""

from collections import Counter
from dataclasses import dataclass

from seo.findings import Finding, Severity, Verdict
from seo.sightings import Sighting


@dataclass(frozen=True, slots=True)
class Report:
    """One checked page: what was asked for, the address it led to, every rule's answer, every review's class."""

    target: str
    url: str
    findings: tuple[Finding, ...]
    sightings: tuple[Sighting, ...]
    checked_at: str

    def faults(self, severity: Severity) -> int:
        """How many rules failed with this severity."""
        return sum(1 for finding in self.findings if finding.is_fault and finding.severity is severity)

    def verdicts(self) -> Counter[Verdict]:
        """How many rules gave each verdict."""
        return Counter(finding.outcome.verdict for finding in self.findings)
