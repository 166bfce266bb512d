"""A program explained in sentences, for the shop's page about it. What is said is loyalty.explainer's."""

from collections.abc import Sequence
from typing import Annotated

import strawberry

from api.audience import seen_by
from api.context import Info
from api.errors import bad_input
from api.fields import field
from core import texts
from core.identity import Permission
from loyalty import explainer
from loyalty.explainer import Explainer, Said
from seo.markup import explainer as fragment

_PARTS = ("earn", "spend", "tiers", "expiry")
HeadingLevel = Annotated[
    int, strawberry.argument(description="The level of its headings, 2 to 5, to fit the page that it is put into.")
]


@seen_by(Permission.READ_PUBLIC)
@strawberry.type(description="A program in sentences, in the reader's language, by the rules that hold now.")
class ProgramExplainer:
    """A loyalty.explainer.Explainer."""

    found: strawberry.Private[Explainer]
    name: strawberry.Private[str]

    @field()
    def earn(self, info: Info) -> list[str]:
        """How points are earned, and when they can be spent."""
        return _sentences(info, self.found.earn)

    @field()
    def spend(self, info: Info) -> list[str]:
        """What points buy."""
        return _sentences(info, self.found.spend)

    @field()
    def tiers(self, info: Info) -> list[str]:
        """What reaches each tier, what it brings, and how long it lasts; empty without tiers."""
        return _sentences(info, self.found.tiers)

    @field()
    def expiry(self, info: Info) -> list[str]:
        """When points end."""
        return _sentences(info, self.found.expiry)

    @field()
    def html(self, info: Info, heading_level: HeadingLevel = 2) -> str:
        """The same as HTML, for the shop's server to put into its page; it has no style and no script."""
        if not fragment.HIGHEST_LEVEL <= heading_level <= fragment.LOWEST_LEVEL:
            raise bad_input(f"headingLevel must lie between {fragment.HIGHEST_LEVEL} and {fragment.LOWEST_LEVEL}.")
        parts = [(_heading(info, part), _sentences(info, getattr(self.found, part))) for part in _PARTS]
        return fragment.fragment(self.name, parts, level=heading_level)


def _heading(info: Info, part: str) -> str:
    return texts.say("loyalty", explainer.text_key(f"heading.{part}"), info.context.caller.locale)


def _sentences(info: Info, said: Sequence[Said]) -> list[str]:
    caller = info.context.caller
    return [
        texts.say("loyalty", explainer.text_key(each.code), caller.locale, zone=caller.zone, **each.params)
        for each in said
    ]
