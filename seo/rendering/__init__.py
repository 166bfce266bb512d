"""Render a page in Chromium, in a process of its own that is always ended. What the rendering shows is
sightings.py's to tell; no rule starts a browser.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from seo.rendering import job as jobs
from seo.rendering.job import End, Exchange, Job, Step

# a browser takes some hundred megabytes
_browsers = threading.BoundedSemaphore(2)
# how long what was killed may take to die
_LAST_SECONDS = 5.0
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Rendering:
    """A page as a browser showed it: the first step is the untouched page, the others what was done to it.

    - `is_cut`: a bound on requests or bytes was met, so what is missing is not known to be absent.
    - `refused`: hosts that the guard kept the browser from, with why.
    """

    steps: tuple[Step, ...]
    exchanges: tuple[Exchange, ...]
    refused: dict[str, str]
    is_cut: bool
    problems: tuple[str, ...]
    failure: str = ""


@dataclass(frozen=True, slots=True)
class RenderFailure:
    """There is no rendering: `no-browser`, `not-started`, `not-loaded`, `crashed` or `timeout`, and what was said."""

    kind: str
    detail: str = ""


def render(job: Job) -> Rendering | RenderFailure:
    """What the browser showed. A second pass that failed or ran out of time leaves the first, and `failure` says so."""
    with _browsers, tempfile.TemporaryDirectory(prefix="fidelio-render-", ignore_cleanup_errors=True) as folder:
        answer = Path(folder, "answers.jsonl")
        is_over = _run(job, answer, folder)
        return _read(answer, is_over=is_over)


def _run(job: Job, answer: Path, folder: str) -> bool:
    """Whether the process ended by itself."""
    # nothing of our own environment, which may hold secrets; the profile lies in our folder, by whose name the browser
    # is found again
    environment = {"PATH": _PATH, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "PYTHONPATH": str(_ROOT)}
    with (
        Path(folder, "errors.txt").open("wb") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "seo.rendering.child", str(answer)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=environment,
            cwd=folder,
            start_new_session=True,
        ) as process,
    ):
        try:
            process.communicate(job.written(), timeout=job.seconds + job.grace_seconds)
        except subprocess.TimeoutExpired:
            return False
        finally:
            _end(process, folder)
    return True


def _end(process: subprocess.Popen[bytes], folder: str) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    # the browser has a session of its own, and would outlive its driver if it hangs; what it starts while it is being
    # ended, and what takes a moment to die, is met by looking again
    deadline = time.monotonic() + _LAST_SECONDS
    while (left := _holding(folder)) and time.monotonic() < deadline:
        for number in left:
            with contextlib.suppress(OSError):
                os.kill(number, signal.SIGKILL)
        time.sleep(0.02)


def _holding(folder: str) -> list[int]:
    """The processes that were started with this folder."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if folder.encode() in command.read_bytes():
                found.append(int(command.parent.name))
    return found


def _read(answer: Path, *, is_over: bool) -> Rendering | RenderFailure:
    lines = jobs.answers(answer)
    steps = tuple(line for line in lines if isinstance(line, Step))
    end = next((line for line in lines if isinstance(line, End)), None)
    failure = end.failure if end else ("crashed" if is_over else "timeout")
    if not steps:
        detail = f"{end.detail} {' '.join(end.problems)}".strip() if end else _last_words(answer)
        return RenderFailure(failure or "crashed", detail)
    return Rendering(
        steps=steps,
        exchanges=tuple(line for line in lines if isinstance(line, Exchange)),
        refused=end.refused if end else {},
        is_cut=end.is_cut if end else True,
        problems=end.problems if end else (),
        failure=failure,
    )


def _last_words(answer: Path) -> str:
    said = answer.with_name("errors.txt").read_text(encoding="utf-8", errors="replace").strip()
    return said.rpartition("\n")[2][:500]
