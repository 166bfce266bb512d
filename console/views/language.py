"""The language a member of staff reads the console in, kept with the account."""

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import rendering
from console.languages import LOCALES
from console.visit import Visit
from core import accounts


async def choose(visit: Visit) -> Response:
    """Keep the choice and come back to the page it was made on."""
    locale, staff_id = visit.field("locale"), visit.staff_id
    if locale not in LOCALES:
        raise HTTPException(400)

    def keep(session: Session) -> bool:
        return accounts.speak(session, staff_id, locale)

    await visit.write(keep)
    return visit.go_to(rendering.own_page(visit.field("next"), otherwise=visit.home))
