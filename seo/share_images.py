"""The pictures that a share of the page offers, each with its structured properties. The tags are social_tags.py's."""

from collections.abc import Mapping
from dataclasses import dataclass

from seo.answers import Answer
from seo.social_tags import SocialTag, first
from seo.subject import Subject

ROOTS = ("og:image", "og:image:url")
_PREFIX = "og:image:"


@dataclass(frozen=True, slots=True)
class ShareImage:
    """One og:image: its tag, its address, its structured properties by their last word, and what it answered."""

    root: SocialTag
    url: str
    parts: Mapping[str, SocialTag]
    answer: Answer | None


def share_images(subject: Subject) -> tuple[ShareImage, ...]:
    """All og:images in order; a property belongs to the root before it (https://ogp.me/#structured)."""
    found: list[tuple[SocialTag, dict[str, SocialTag]]] = []
    for tag in subject.social:
        if tag.name in ROOTS and tag.content:
            is_new = tag.name == "og:image" or not found or "url" in found[-1][1]
            if is_new:
                found.append((tag, {}))
            else:
                found[-1][1]["url"] = tag
        elif tag.name.startswith(_PREFIX) and found:
            found[-1][1].setdefault(tag.name.removeprefix(_PREFIX), tag)
    return tuple(_image(root, parts, subject) for root, parts in found)


def card_image(subject: Subject) -> tuple[SocialTag, Answer | None] | None:
    """The picture of a Twitter card: its own, else the first og:image; None when there is none."""
    for name in ("twitter:image", "twitter:image:src", *ROOTS):
        if tag := first(subject.social, name):
            return tag, subject.answer(subject.page.resolve(tag.content))
    return None


def _image(root: SocialTag, parts: Mapping[str, SocialTag], subject: Subject) -> ShareImage:
    url = subject.page.resolve(root.content)
    return ShareImage(root, url, parts, subject.answer(url))
