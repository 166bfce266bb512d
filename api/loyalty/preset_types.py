"""Presets of programs as the API shows them to marketers. Which there are is loyalty.presets'."""

import strawberry

from api.audience import seen_by
from api.context import Info
from core.identity import Permission
from loyalty import presets


@seen_by(Permission.MANAGE_LOYALTY)
@strawberry.type(description="A setting of a preset that comes from no source: an example, to be edited.")
class IllustrativeSetting:
    """A loyalty.presets.Illustrative."""

    setting: str = strawberry.field(description="Where it stands in the program, as `rules.0.points`; `*`: everything.")
    words: strawberry.Private[presets.Words]

    @strawberry.field(description="Why it is an example only, in the reader's language.")
    def why(self, info: Info) -> str:
        """In the caller's language."""
        return presets.said(self.words, info.context.caller.locale)


@seen_by(Permission.MANAGE_LOYALTY)
@strawberry.type(
    description="A program ready to run, modelled on one that was published. Not affiliated with those who ran it."
)
class ProgramPreset:
    """A loyalty.presets.Preset."""

    key: str = strawberry.field(description="What createProgramFromPreset calls it.")
    modelled_on: str = strawberry.field(description="The published program whose mechanics it follows.")
    as_published: str | None = strawberry.field(description="When they were published; null without a source.")
    sources: list[str] = strawberry.field(description="Where they were read; empty where no source was found.")
    illustrative: list[IllustrativeSetting] = strawberry.field(description="What no source gives.")
    is_illustrative: bool = strawberry.field(description="Whether no number of it has a source.")
    found: strawberry.Private[presets.Preset]

    @strawberry.field(description="Its mechanics in a few words, in the reader's language.")
    def title(self, info: Info) -> str:
        """In the caller's language."""
        return presets.said(self.found.title, info.context.caller.locale)

    @strawberry.field(description="How it works, in the reader's language.")
    def mechanics(self, info: Info) -> str:
        """In the caller's language."""
        return presets.said(self.found.mechanics, info.context.caller.locale)

    @classmethod
    def of(cls, found: presets.Preset) -> "ProgramPreset":
        """As the contract shows it."""
        return cls(
            key=found.key,
            modelled_on=found.modelled_on,
            as_published=found.as_published,
            sources=list(found.sources),
            illustrative=[IllustrativeSetting(setting=each.setting, words=each.why) for each in found.illustrative],
            is_illustrative=found.is_illustrative,
            found=found,
        )
