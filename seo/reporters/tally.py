"""What many pages add up to, in one pass and in memory that does not grow with them. Telling it is the reporters'."""

from collections import Counter
from dataclasses import dataclass, field

from seo.findings import Severity, Verdict
from seo.indexability import Indexable
from seo.reporters import Report, Survey
from seo.sightings import ReviewClass


@dataclass(slots=True)
class Tally:
    """Counts over pages: those looked at, those that could not be, those left alone; known faults stand apart."""

    pages: int = 0
    failed: int = 0
    skipped: int = 0
    known: int = 0
    faults: Counter[Severity] = field(default_factory=Counter)
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    classes: Counter[ReviewClass] = field(default_factory=Counter)
    indexable: Counter[Indexable] = field(default_factory=Counter)
    pages_by_rule: Counter[str] = field(default_factory=Counter)

    def add(self, report: Report) -> None:
        """Count one page in."""
        if report.failure:
            self.skipped += report.skipped
            self.failed += not report.skipped
            return
        self.pages += 1
        self.known += len(report.known)
        self.faults.update(finding.severity for finding in report.faults_found)
        self.pages_by_rule.update(finding.code for finding in report.faults_found)
        self.verdicts.update(report.verdicts())
        self.classes.update(judgement.sighting.kind for judgement in report.judgements)
        self.indexable.update(report.indexable())


def tally(survey: Survey) -> Tally:
    """The counts of all pages."""
    counts = Tally()
    for report in survey.pages:
        counts.add(report)
    return counts
