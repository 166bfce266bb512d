"""The rules' pages for people, made of the rules' own texts. `fidelio seo rules --write` puts them into a folder."""

import inspect
from collections.abc import Iterator
from pathlib import Path

from seo.rules import RULES
from seo.rules.rule import Rule

INDEX = "README.md"
_HEAD = "| rule | fault | severity | a page fails when |"
_GROUPS = {
    "fetch": "How the page is served",
    "robots": "robots.txt",
    "directives": "Index directives, canonical addresses, languages",
    "reviews": "Where reviews are met",
    "markup": "Structured data as such",
    "rating": "What the markup claims of ratings",
    "social": "What a share shows",
    "images": "Pictures in reviews",
    "links": "Links",
    "maps": "Sitemaps",
    "feeds": "Review feeds",
    "speed": "What reviews cost the page",
}


def pages() -> dict[str, str]:
    """Every page by its file's name: one a rule, and the list of all."""
    return {INDEX: "\n".join(_index()) + "\n", **{f"{rule.code}.md": "\n".join(_page(rule)) + "\n" for rule in RULES}}


def write(folder: Path) -> None:
    """Write every page into the folder, and take away those of rules that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for former in folder.glob("*.md"):
        if former.name not in made:
            former.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


def _index() -> Iterator[str]:
    yield "# Rules of the check"
    yield ""
    yield (
        f"{len(RULES)} rules. Each names one fault, says why it matters and what to do, and brings evidence with its "
        "place. What was not looked at is never a pass."
    )
    yield ""
    yield (
        "These pages are made of the rules' own files by `make docs`; `fidelio seo explain REV-01` tells the same in a "
        "terminal, in English or French."
    )
    for group, heading in _GROUPS.items():
        rules = [rule for rule in RULES if _group(rule) == group]
        if rules:
            yield from ("", f"## {heading}", "", _HEAD, "| --- | --- | --- | --- |")
        for rule in rules:
            yield f"| [{rule.code}]({rule.code}.md) | {rule.id} | {rule.severity.value} | {rule.title_fail} |"


def _page(rule: Rule) -> Iterator[str]:
    yield f"# {rule.code} {rule.id}"
    yield ""
    yield f"Severity: {rule.severity.value}. When it fails: {rule.title_fail}. When it passes: {rule.title_pass}."
    yield from ("", "## What is judged", "", inspect.cleandoc(rule.check.__doc__ or ""))
    yield from ("", "## Why it matters", "", rule.why)
    yield from ("", "## Example of the fault", "", "```", rule.example, "```")
    yield from ("", "## What to do", "", rule.remedy)
    yield from ("", "## Source", "", f"<{rule.source}>")


def _group(rule: Rule) -> str:
    return rule.check.__module__.split(".")[-2]
