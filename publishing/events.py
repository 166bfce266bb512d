"""The room's events. Who reacts to them is worker.reactions'."""

from core.outbox import EventName


class PageCheckEvent(EventName):
    """How far a check of a page has come; told to who follows it, and not outside."""

    CHANGED = "PageCheckChanged"


class CoverageEvent(EventName):
    """What checks have found of a product's pages."""

    FELL = "CoverageFell"
