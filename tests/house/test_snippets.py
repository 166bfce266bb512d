"""What docs/graphql.md shows of clients is what the tests run: each block stands in the file that is named above it."""

import json
import re
import textwrap

import pytest

from tests.house.sources import ROOT

PAGE = "docs/graphql.md"
_BLOCK = re.compile(r"(?:<!-- (?P<file>\S+) -->\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_INSTALLED = re.compile(r"^(?:npm|pip) install (?:--save-dev )?(.*)$", re.MULTILINE)


def blocks() -> list[re.Match[str]]:
    """Every block of code on the page."""
    return list(_BLOCK.finditer((ROOT / PAGE).read_text()))


@pytest.mark.parametrize("block", blocks(), ids=lambda block: str(block["file"]))
def test_a_block_stands_in_the_file_that_is_named(block: re.Match[str]) -> None:
    if not block["language"]:
        assert _INSTALLED.fullmatch(block["text"].strip()), "name the file that this is of, or let it install packages"
        return
    assert block["file"], "name the file that this is of, in a comment above it"
    # an excerpt may be shown with less indentation, never with other words
    assert textwrap.dedent(block["text"]) in textwrap.dedent((ROOT / block["file"]).read_text())


def test_what_is_installed_is_what_the_tests_install() -> None:
    npm = json.loads((ROOT / "tests/clients/package.json").read_text())["dependencies"]
    pypi = re.findall(r"^([\w-]+)==", (ROOT / "tests/clients/requirements.in").read_text(), re.MULTILINE)
    told = {name for found in _INSTALLED.findall((ROOT / PAGE).read_text()) for name in found.split()}

    assert told - set(npm) - set(pypi) == set()
