"""Named places where a test may kill this very process, to prove that nothing is lost. They do nothing otherwise."""

import os
import signal

from core.settings import settings

_passed: dict[str, int] = {}


def passing(name: str) -> None:
    """Die by SIGKILL here when development mode is on and FIDELIO_FAILPOINT is `name:n`, at the n-th passing."""
    chosen = settings()
    if not chosen.failpoint or not chosen.development:
        return
    wanted, _, count = chosen.failpoint.partition(":")
    if wanted == name:
        _passed[name] = _passed.get(name, 0) + 1
        if _passed[name] >= int(count or 1):
            os.kill(os.getpid(), signal.SIGKILL)
