"""A program from a preset in three steps: choose it, make it one's own, look and create. Nothing is stored before."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import flashes
from console.visit import Visit
from core.refusal import Refusal
from loyalty import presets, programs
from loyalty.drafts import ProgramDraft
from loyalty.presets import Preset
from loyalty.refusals import LoyaltyRefusal
from loyalty.validation import MAX_COST
from shop import storefronts

# what every program is given by its merchant; the first five rows of the form
OWN = ("name", "handle", "currency", "zone", "terms_version")
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Form:
    """The second step's fields as they stand; `examples`: why a number is illustrative, by its path."""

    own: Mapping[str, str]
    numbers: Mapping[str, str]
    examples: Mapping[str, str]


async def choose(visit: Visit) -> Response:
    """First step: the presets, with whose mechanics they are and what of them is illustrative."""
    return visit.page("program_choose.html", presets=presets.presets(), words=presets.said)


async def fill_in(visit: Visit) -> Response:
    """Second step: name, currency, zone and the numbers, as the preset has them."""
    preset = _preset(visit)
    sites = await visit.read(storefronts.everyone)
    own = {name: str(getattr(preset.program, name)) for name in OWN}
    if sites:
        own |= {"currency": sites[0].currency, "zone": sites[0].time_zone}
    numbers = {path: str(value) for path, value in presets.numbers(preset).items()}
    return _step(visit, preset, Form(own, numbers, _examples(preset, visit.locale)))


async def look(visit: Visit) -> Response:
    """Third step: the program as it would be; a mistake leads back to the second with what was typed."""
    preset = _preset(visit)
    form, draft = _asked(visit, preset)
    checked = draft if isinstance(draft, Refusal) else await visit.read(programs.refusal, draft)
    if isinstance(checked, Refusal) or isinstance(draft, Refusal):
        return _step(visit, preset, form, refused=checked if isinstance(checked, Refusal) else None)
    return visit.page("program_look.html", preset=preset, form=form, draft=draft, words=presets.said)


async def create(visit: Visit) -> Response:
    """Create it, or go back to the second step."""
    preset = _preset(visit)
    form, draft = _asked(visit, preset)
    if visit.field("back"):
        return _step(visit, preset, form)
    if isinstance(draft, Refusal):
        return _step(visit, preset, form, refused=draft)
    outcome = await visit.write(lambda session: programs.create(session, draft))
    if isinstance(outcome, Refusal):
        return _step(visit, preset, form, refused=outcome)
    return visit.go(f"/programs/{outcome}", flashes.done("flash.program.created"))


def _step(visit: Visit, preset: Preset, form: Form, *, refused: Refusal | None = None) -> Response:
    fault = None if refused is None else flashes.refused(refused)
    field = "" if refused is None else ".".join(refused.field)
    status = 200 if refused is None else 422
    return visit.page(
        "program_fill_in.html",
        status=status,
        preset=preset,
        form=form,
        fault=fault,
        field_at_fault=field,
        words=presets.said,
    )


def _preset(visit: Visit) -> Preset:
    found = presets.find(visit.request.path_params["preset"])
    if found is None:
        raise HTTPException(404)
    return found


def _asked(visit: Visit, preset: Preset) -> tuple[Form, ProgramDraft | Refusal]:
    own = {name: visit.field(name) for name in OWN}
    known = presets.numbers(preset)
    numbers = {path: visit.field(path) for path in known}
    form = Form(own, numbers, _examples(preset, visit.locale))
    for path, text in numbers.items():
        if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
            return form, Refusal(
                LoyaltyRefusal.OUT_OF_RANGE, tuple(path.split(".")), {"minimum": 0, "maximum": MAX_COST}
            )
    return form, presets.draft(preset.key, {**own, **{path: int(text) for path, text in numbers.items()}})


def _examples(preset: Preset, locale: str) -> Mapping[str, str]:
    said = {each.setting: presets.said(each.why, locale) for each in preset.illustrative}
    return {path: said.get(path, said.get("*", "")) for path in presets.numbers(preset)}
