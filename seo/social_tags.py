"""Open Graph and Twitter tags in the order they stand, with where. extruct sees none of twitter: nor any outside the
head.
"""

from dataclasses import dataclass

from seo.findings import Evidence
from seo.page import Page

_PREFIXES = ("og:", "twitter:", "product:", "article:", "fb:")


@dataclass(frozen=True, slots=True)
class SocialTag:
    """One `<meta>` of a social vocabulary."""

    name: str
    content: str
    evidence: Evidence


def social_tags(page: Page) -> tuple[SocialTag, ...]:
    """Every social tag of the source, head and body, in document order; names in lower case, contents trimmed."""
    found = []
    for node in page.tree.css("meta[content]"):
        attributes = node.attributes
        name = (attributes.get("property") or attributes.get("name") or "").strip().lower()
        if not name.startswith(_PREFIXES):
            continue
        content = (attributes.get("content") or "").strip()
        excerpt = f"{name}: {content}"
        path = page.places.css_path(node)
        evidence = Evidence(excerpt, offset=page.places.tag_offset("meta", name), css_path=path)
        found.append(SocialTag(name, content, evidence))
    return tuple(found)


def first(tags: tuple[SocialTag, ...], name: str) -> SocialTag | None:
    """The first tag of that name with a content: on conflict the first wins (https://ogp.me)."""
    return next((tag for tag in tags if tag.name == name and tag.content), None)
