"""A loyalty program explained as HTML: a part for each question, a sentence an item. What is said is the caller's.

It is put into the shop's own page on the server and styled there; it has no script and no style of its own.
"""

from collections.abc import Sequence

from seo.markup.escaping import as_attribute, as_text

HIGHEST_LEVEL = 2
LOWEST_LEVEL = 5


def fragment(name: str, parts: Sequence[tuple[str, Sequence[str]]], *, level: int) -> str:
    """The program's parts, a heading of that level and its sentences each; parts without a sentence are left out."""
    told = "\n".join(_part(heading, sentences, level) for heading, sentences in parts if sentences)
    return f'<section class="fidelio-program" aria-label="{as_attribute(name)}">\n{told}\n</section>' if told else ""


def _part(heading: str, sentences: Sequence[str], level: int) -> str:
    items = "\n".join(f"<li>{as_text(sentence)}</li>" for sentence in sentences)
    return f"<h{level}>{as_text(heading)}</h{level}>\n<ul>\n{items}\n</ul>"
