"""Is the check right about each review? `python -m benchmarks.seo_truth [REVIEWS]`

Every integration of tests/seo/fixture_shop, served on two ports, drawn in a real Chromium; each review's class and
verdict are held to what is true. Writes the tables of README.md.
"""

import math
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterable

from seo.drawing import Browser
from seo.indexability import Indexable
from seo.sightings import ReviewClass
from tests.seo.fixture_shop.corpus import corpus
from tests.seo.fixture_shop.measuring import Answered, answers, street, subject_of
from tests.seo.fixture_shop.modes import MODES, Site

REVIEWS = 240


def main() -> None:
    """Ask about every review of every mode, and print what came of it."""
    reviews = corpus(int(sys.argv[1]) if len(sys.argv) > 1 else REVIEWS)
    path = shutil.which("chromium")
    assert path, "no Chromium here"
    told: list[Answered] = []
    leaked: Counter[str] = Counter()
    started = time.monotonic()
    with street() as hosts:
        for number, mode in enumerate(MODES):
            site = Site(*hosts, f"/mode-{number}")
            subject, expected = subject_of(mode, reviews, site, browser=Browser(path, seconds=90))
            told += answers(mode, subject, expected)
            found = {leak.gone.id for leak in subject.leaks if leak.is_certain}
            there = {text.id for text in reviews.gone} if mode.name == "leaking" else set()
            leaked.update(found=len(found & there), missed=len(there - found), false=len(found - there))
            print(f"{mode.name}: {_wrong(told, mode.name)} wrong", file=sys.stderr)
    print(f"{len(MODES)} modes x {len(told) // len(MODES)} reviews, {time.monotonic() - started:.0f} s\n")
    print("\n".join([*by_class(told), "", *by_verdict(told), "", *by_mode(told), ""]))
    print(f"Leaks: {leaked['found']} found, {leaked['missed']} missed, {leaked['false']} false.")


def by_class(told: Iterable[Answered]) -> list[str]:
    """Precision and recall of each class; ambiguous is no answer, so it lowers recall alone."""
    told = tuple(told)
    lines = [
        "| class | true | said | right | ambiguous | precision | recall |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for kind in (each for each in ReviewClass if each is not ReviewClass.AMBIGUOUS):
        true = [each for each in told if each.expected[0] is kind]
        said = [each for each in told if each.said[0] is kind]
        right = sum(1 for each in true if each.said[0] is kind)
        unsure = sum(1 for each in true if each.said[0] is ReviewClass.AMBIGUOUS)
        lines.append(
            f"| {kind} | {len(true)} | {len(said)} | {right} | {unsure} | {_share(right, len(said))} "
            f"| {_share(right, len(true))} |"
        )
    return lines


def by_verdict(told: Iterable[Answered]) -> list[str]:
    """What was said of the reviews that can be indexed, cannot, or may be."""
    counted = Counter((each.expected[1], each.said[1]) for each in told)
    lines = ["| truly indexable | said yes | said no | said depends |", "| --- | --- | --- | --- |"]
    for true in Indexable:
        cells = " | ".join(str(counted[true, said]) for said in Indexable)
        lines.append(f"| {true} | {cells} |")
    return lines


def by_mode(told: Iterable[Answered]) -> list[str]:
    """Each mode's reviews: right, ambiguous, wrong."""
    told = tuple(told)
    lines = ["| integration | its class, indexable | right | ambiguous | wrong |", "| --- | --- | --- | --- | --- |"]
    for mode in MODES:
        own = [each for each in told if each.mode == mode.name]
        unsure = sum(1 for each in own if each.said[0] is ReviewClass.AMBIGUOUS)
        wrong = _wrong(own, mode.name)
        kind, verdict = mode.expected
        lines.append(f"| {mode.name} | {kind}, {verdict} | {len(own) - unsure - wrong} | {unsure} | {wrong} |")
    return lines


def _wrong(told: Iterable[Answered], mode: str) -> int:
    return sum(
        1
        for each in told
        if each.mode == mode and each.said != each.expected and each.said[0] is not ReviewClass.AMBIGUOUS
    )


def _share(part: int, whole: int) -> str:
    # cut, not rounded: 0.9999 is not 1
    return f"{math.floor(10_000 * part / whole) / 10_000:.4f}" if whole else "-"


if __name__ == "__main__":
    main()
