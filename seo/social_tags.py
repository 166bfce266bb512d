"""Open Graph and Twitter tags in the order they stand, with where. extruct sees none of twitter: nor any outside the
head.
"""

from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborNode

from seo.findings import Evidence
from seo.page import Page

_PREFIXES = ("og:", "twitter:", "product:", "article:", "fb:")


@dataclass(frozen=True, eq=False)
class SocialTag:
    """One `<meta>` of a social vocabulary. `is_property`: named by `property`, as Open Graph wants it."""

    page: Page
    node: LexborNode
    name: str
    content: str
    is_property: bool = True

    @cached_property
    def css_path(self) -> str:
        """The element in the tree."""
        return self.page.places.css_path(self.node)

    @cached_property
    def evidence(self) -> Evidence:
        """The tag at its place."""
        offset = self.page.places.offset_of(self.node, self.name)
        return Evidence(f"{self.name}: {self.content}", offset=offset, css_path=self.css_path)


def social_tags(page: Page) -> tuple[SocialTag, ...]:
    """Every social tag of the source, head and body, in document order; names in lower case, contents trimmed."""
    found = []
    for node in page.metas:
        attributes = node.attributes
        named = attributes.get("property")
        name = (named or attributes.get("name") or "").strip().lower()
        if "content" in attributes and name.startswith(_PREFIXES):
            found.append(SocialTag(page, node, name, (attributes["content"] or "").strip(), bool(named)))
    return tuple(found)


def first(tags: tuple[SocialTag, ...], name: str) -> SocialTag | None:
    """The first tag of that name with a content: on conflict the first wins (https://ogp.me)."""
    return next((tag for tag in tags if tag.name == name and tag.content), None)
