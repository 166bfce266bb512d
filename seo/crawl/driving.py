"""Hand pages to threads or processes, a few at a time, until none is left, time is up or somebody stops it. What is
done with a page is checking.py's.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from core.texts import say
from seo.crawl import kept
from seo.crawl.checking import Job
from seo.wording import DOMAIN

_MOST_THREADS = 32
# work ready beside each worker: it waits for nobody, and no more than this is ever held
_AHEAD = 2
# a long crawl leaves fragmented memory behind in a process; a new one begins small
_PAGES_A_PROCESS = 2000


@dataclass(frozen=True, slots=True)
class Workers:
    """What does the work, how many of it, and what one does with a job."""

    make: Callable[[], Executor]
    count: int
    work: Callable[[Job], bytes]


def threads(count: int, work: Callable[[Job], bytes]) -> Workers:
    """For pages on the web, where most of the time is waiting."""
    count = min(count, _MOST_THREADS)
    return Workers(lambda: ThreadPoolExecutor(count, "crawl"), count, work)


def processes(count: int, work: Callable[[Job], bytes]) -> Workers:
    """For saved pages, where all of the time is reading them. A new interpreter each: nothing is inherited by fork."""

    def make() -> Executor:
        return ProcessPoolExecutor(
            count, get_context("spawn"), initializer=_leave_signals_to_the_parent, max_tasks_per_child=_PAGES_A_PROCESS
        )

    return Workers(make, count, work)


def drive(jobs: Iterator[Job], workers: Workers, *, deadline: float | None = None) -> Iterator[bytes]:
    """Every report as its line, as it comes. After the deadline no new job is begun; those begun are still awaited.

    A worker that dies takes the reports of what was in flight with it: they are failures, and a new pool goes on.
    """
    executor = workers.make()
    flying: dict[Future[bytes], Job] = {}
    try:
        while True:
            while len(flying) < workers.count * _AHEAD and not _is_past(deadline):
                job = next(jobs, None)
                if job is None:
                    break
                flying[executor.submit(workers.work, job)] = job
            if not flying:
                return
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            landed = [(future, flying.pop(future)) for future in done]
            if any(isinstance(future.exception(), BrokenProcessPool) for future, _ in landed):
                landed += [(future, flying.pop(future)) for future in list(flying)]
                executor.shutdown(wait=False, cancel_futures=True)
                executor = workers.make()
            yield from (_report(future, job) for future, job in landed)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _report(future: "Future[bytes]", job: Job) -> bytes:
    try:
        return future.result(timeout=0)
    except (BrokenProcessPool, TimeoutError):
        return kept.line(job.failed(say(DOMAIN, "crawl.crashed", job.locale, target=job.target, why="worker")))


def _is_past(deadline: float | None) -> bool:
    return deadline is not None and time.monotonic() >= deadline


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl+C does."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave_signals_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
