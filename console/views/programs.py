"""The programs for those who manage them: each with its terms in words. Setting one up is setting_up's."""

from dataclasses import dataclass

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console.visit import Visit
from core.paging import Key, Page, decode_cursor, encode_cursor
from loyalty import explainer, presets
from loyalty.explainer import Explainer
from loyalty.presets import Preset
from loyalty.queries import catalogue
from loyalty.tables import Program

_ROWS = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A program, as it is explained to members."""

    program: Program
    explained: Explainer
    preset: Preset | None


async def show(visit: Visit) -> Response:
    """Every program, oldest first."""
    after = visit.request.query_params.get("after")
    key = decode_cursor(after, (int,)) if after else None
    if after and key is None:
        raise HTTPException(400)
    page = await visit.read(_page, key)
    return visit.page(
        "programs.html", page=page, after=after, next=encode_cursor(page.keys[-1]) if page.has_next else None
    )


async def detail(visit: Visit) -> Response:
    """One program."""
    shown = await visit.read(_shown, visit.number("program_id"))
    if shown is None:
        raise HTTPException(404)
    return visit.page("program.html", shown=shown, words=presets.said, why=explainer.text_key)


def _page(session: Session, after: Key | None) -> Page[Program]:
    return catalogue.programs_page(session, first=_ROWS, after=None if after is None else (int(after[0]),))


def _shown(session: Session, program_id: int) -> Shown | None:
    program = catalogue.programs(session, [program_id]).get(program_id)
    if program is None:
        return None
    rules = catalogue.rules(session, [program_id]).get(program_id, ())
    tiers = catalogue.tiers(session, [program_id]).get(program_id, ())
    rewards = catalogue.rewards(session, [program_id]).get(program_id, ())
    preset = presets.find(program.preset) if program.preset else None
    return Shown(program, explainer.explain(program, rules, tiers, rewards), preset)
