"""`fidelio serve` as a process of its own over a folder, and whether it answers. What it serves is the folder's."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

FIDELIO = [sys.executable, "-c", "from cli.main import main; main()"]
_SECONDS_TO_DIE = 60


@contextmanager
def serving(folder: Path, *arguments: str, port: int, **told: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A server over the folder, in a process group of its own, which is gone afterwards. It prints to `printed`."""
    settings = {
        "FIDELIO_DATABASE_URL": f"sqlite:///{folder / 'fidelio.db'}",
        "FIDELIO_STATE_DIRECTORY": str(folder),
        "FIDELIO_MEDIA_DIRECTORY": str(folder / "media"),
    }
    with (folder / "printed").open("wb") as printed:
        child = subprocess.Popen(
            [*FIDELIO, "serve", f"--port={port}", *arguments],
            env={**os.environ, **settings, **told},
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield child
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(_SECONDS_TO_DIE)


def answers(address: str) -> bool:
    """Whether something answers there."""
    try:
        return httpx2.get(address, timeout=5).is_success
    except httpx2.TransportError:
        return False
