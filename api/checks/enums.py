"""The closed sets of a check as the contract tells them. What a value means to the checker is seo.findings' to say."""

from api.enums import described
from publishing.tables import CheckFailure, CheckState
from seo.findings import Severity, Verdict
from seo.indexability import Indexable
from seo.sightings import ReviewClass

described(
    CheckState,
    name="PageCheckState",
    description="How far a check has come.",
    values={
        "QUEUED": "It waits for a worker.",
        "RUNNING": "A worker looks at the page.",
        "DONE": "The page was judged.",
        "FAILED": "There was no page to judge; `failure` says why.",
    },
)
described(
    CheckFailure,
    name="PageCheckFailure",
    description="Why there was no page to judge.",
    values={
        "INVALID_URL": "The address cannot be asked for.",
        "UNKNOWN_HOST": "No server has that name.",
        "PRIVATE_ADDRESS": "The name leads to a private address, and the operator has not allowed it.",
        "CONNECTION_FAILED": "The server took no connection.",
        CheckFailure.TIMEOUT.name: "The server did not answer in time.",
        "TOO_LARGE": "The answer is too long.",
        "TOO_MANY_REDIRECTS": "It led on too often.",
        "REDIRECT_LOOP": "It leads in a circle.",
        "BROKEN_ANSWER": "What came is no HTTP.",
        "UNREADABLE_ENCODING": "The answer is compressed in a way that cannot be read.",
        "PRODUCT_GONE": "The product, or its storefront, is no longer there.",
        "CRASHED": "Looking at it has failed again and again; the log has why.",
    },
)
described(
    Severity,
    name="PageFindingSeverity",
    description="What a broken rule costs.",
    values={
        "ERROR": "Indexing, or the stars in results.",
        "WARNING": "Some of their worth.",
        "INFO": "Nothing yet.",
    },
)
described(
    Verdict,
    name="PageFindingVerdict",
    description="A rule's answer. What was not looked at is never a pass.",
    values={
        "PASS": "Looked at, and fine.",
        "FAIL": "The fault is there.",
        "NOT_APPLICABLE": "The page has nothing that the rule is about.",
        "NOT_EVALUATED": "It could not be looked at; `reason` says why.",
        "AMBIGUOUS": "It was looked at and cannot be told.",
        "CRASHED": "The rule itself has failed; the log has why.",
    },
)
described(
    Indexable,
    name="Indexable",
    description="Whether a search engine can take a review's text from the page.",
    values={"YES": "Surely.", "NO": "Surely not.", "DEPENDS": "It depends; `reason` says on what."},
)
described(
    ReviewClass,
    name="ReviewClass",
    description="How a reader without clicks meets a review, the best way first.",
    values={
        "RAW": "In the HTML as sent.",
        "RENDERED": "Drawn by the page's scripts.",
        "OPEN_SHADOW": "In an open shadow root.",
        "IFRAME": "In a frame.",
        "HIDDEN": "On the page, not shown.",
        "PAGE_N": "On a later page that is linked.",
        "TRUNCATED": "Only a part of it.",
        "AFTER": "After a click, a scroll or a while.",
        "CLOSED_SHADOW": "In a closed shadow root.",
        "INERT": "In the source, never drawn.",
        "ABSENT": "Nowhere.",
        "AMBIGUOUS": "Its text is too short to tell whose it is.",
    },
)
