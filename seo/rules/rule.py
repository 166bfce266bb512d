"""The shape of a rule. Each rule is a file of its own beside; the list of all is in __init__."""

from collections.abc import Callable
from dataclasses import dataclass

from seo.findings import Outcome, Severity
from seo.subject import Subject


@dataclass(frozen=True, slots=True)
class Rule:
    """One fault that a page can have.

    `id` names the fault, `code` is the catalogue's. The English texts stand here for who reads the rule; people are
    told those of the `seo` catalogues, `<code>.title_pass`, `.title_fail`, `.why` and `.remedy`, and a test holds the
    English one to this file. `check` is pure: it reads the subject and fetches nothing.
    """

    code: str
    id: str
    severity: Severity
    title_pass: str
    title_fail: str
    why: str
    example: str
    remedy: str
    source: str
    check: Callable[[Subject], Outcome]
