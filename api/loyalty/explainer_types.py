"""A program explained in sentences, for the shop's page about it. What is said is loyalty.explainer's."""

from collections.abc import Sequence

import strawberry

from api.audience import seen_by
from api.context import Info
from api.fields import field
from core import texts
from core.identity import Permission
from loyalty import explainer
from loyalty.explainer import Explainer, Said


@seen_by(Permission.READ_PUBLIC)
@strawberry.type(description="A program in sentences, in the reader's language, by the rules that hold now.")
class ProgramExplainer:
    """A loyalty.explainer.Explainer."""

    found: strawberry.Private[Explainer]

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


def _sentences(info: Info, said: Sequence[Said]) -> list[str]:
    caller = info.context.caller
    return [
        texts.say("loyalty", explainer.text_key(each.code), caller.locale, zone=caller.zone, **each.params)
        for each in said
    ]
