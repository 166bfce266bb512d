"""How our benchmarks measure: subjects in alternation, repeated, medians with their spread."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds of CPU and wall clock per call: lowest, median, highest of the rounds."""

    low: float
    median: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:.2f} / {self.median:.2f} / {self.high:.2f}"


def alternate(subjects: Mapping[str, Callable[[], object]], *, rounds: int, calls: int) -> dict[str, list[float]]:
    """Milliseconds of CPU time per call, by subject and round; the order turns round by round."""
    for subject in subjects.values():
        subject()
    taken: dict[str, list[float]] = {name: [] for name in subjects}
    for number in range(rounds):
        names = sorted(subjects, reverse=number % 2 == 1)
        for name in names:
            gc.collect()
            started = time.process_time()
            for _ in range(calls):
                subjects[name]()
            taken[name].append((time.process_time() - started) * 1000 / calls)
    return taken


def spread(values: list[float]) -> Spread:
    """Lowest, median and highest."""
    return Spread(min(values), statistics.median(values), max(values))


def ratios(taken: Mapping[str, list[float]], *, floor: str) -> dict[str, Spread]:
    """Each subject's time over the floor's of the same round."""
    return {
        name: spread([value / base for value, base in zip(values, taken[floor], strict=True)])
        for name, values in taken.items()
    }


def table(taken: Mapping[str, list[float]], *, floor: str) -> str:
    """The figures as a Markdown table."""
    over = ratios(taken, floor=floor)
    lines = ["| subject | CPU ms a call (low / median / high) | over the floor |", "| --- | --- | --- |"]
    lines += [f"| {name} | {spread(values)} | {over[name]} |" for name, values in taken.items()]
    return "\n".join(lines)
