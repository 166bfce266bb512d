"""Who may enter a view: the signed-in, with the permission, and with a form of their own session for a POST."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import TypeAlias

import anyio
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from console import cookies, flashes, forms, languages
from console.desk import Desk
from console.visit import Visit
from core import accounts
from core.accounts import SESSION_LIFE, StaffAccount
from core.crossing import Rooms
from core.identity import ROLE_PERMISSIONS, Caller, CallerKind, Permission
from shop import storefronts

View: TypeAlias = Callable[[Visit], Awaitable[Response]]
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]
# a program that is set up has a field for each of its numbers
_MOST_FIELDS = 100


class RoleForbids(HTTPException):
    """Whoever came is signed in, and their role does not open this."""

    def __init__(self) -> None:
        super().__init__(403)


def staff_only(desk: Desk, view: View, *, requires: Permission) -> Endpoint:
    """The view for members of staff who hold `requires`.

    - Without a session: on to the sign-in page, which comes back here after a GET. A POST did nothing.
    - A POST without the form token of this very session: 403, and nothing done.
    - Without the permission: 403, with a page that names the role.
    """

    async def endpoint(request: Request) -> Response:
        async with _visit(desk, request) as visit:
            if visit.caller.kind is not CallerKind.STAFF:
                return visit.go("/sign-in", next=visit.here if request.method == "GET" else None)
            _check_form(visit)
            if not visit.caller.may(requires):
                raise RoleForbids
            return await view(visit)

    return endpoint


def open_to_strangers(desk: Desk, view: View) -> Endpoint:
    """The view for whoever comes: the sign-in page. Its form is bound to a cookie of the browser's own."""

    async def endpoint(request: Request) -> Response:
        async with _visit(desk, request) as visit:
            known = request.cookies.get(cookies.STRANGER)
            visit.holder = visit.holder or known or secrets.token_urlsafe(24)
            _check_form(visit)
            answer = await view(visit)
            if known is None:
                cookies.put(answer, cookies.STRANGER, visit.holder, life=SESSION_LIFE, secure=desk.secure_cookies)
            return answer

    return endpoint


@asynccontextmanager
async def _visit(desk: Desk, request: Request) -> AsyncIterator[Visit]:
    rooms = Rooms(desk.house)
    locale = languages.chosen(request.query_params.get("lang"), request.headers.get("accept-language", ""))
    visit = Visit(desk, request, rooms, locale=locale)
    # the page of an error is in the language of whoever met it
    request.state.visit = visit
    try:
        # first of all: while a form drips in, nothing of the database is held for it
        visit.form = await _sent(request, desk.body_seconds)
        visit.flash = flashes.unpack(desk.secret, request.cookies.get(cookies.FLASH, ""))
        token = request.cookies.get(cookies.SESSION)
        if token is not None:
            await visit.read(_recognise, visit, token)
        yield visit
    finally:
        await rooms.close()


def _recognise(session: Session, visit: Visit, token: str) -> None:
    account = accounts.staff_of(session, token, for_console=True)
    if account is None:
        return
    first = next(iter(storefronts.everyone(session)), None)
    visit.locale = languages.chosen(account.locale, "")
    # staff have no zone of their own: the merchant's first storefront says what o'clock it is here
    visit.zone = first.time_zone if first is not None else "UTC"
    visit.caller = replace(caller_of(account), locale=visit.locale, zone=visit.zone)
    visit.name, visit.role, visit.holder = account.name, account.role, token


def caller_of(account: StaffAccount) -> Caller:
    """The member of staff whose account this is, as a caller."""
    return Caller(CallerKind.STAFF, ROLE_PERMISSIONS[account.role], staff_id=account.id)


async def _sent(request: Request, seconds: float) -> FormData:
    """The form of a POST; one that does not arrive whole in time is 408."""
    if request.method != "POST":
        return FormData()
    with anyio.move_on_after(seconds), suppress(ClientDisconnect):
        return await request.form(max_files=0, max_fields=_MOST_FIELDS)
    raise HTTPException(408)


def _check_form(visit: Visit) -> None:
    is_ours = forms.is_ours(visit.desk.secret, visit.holder, visit.field(forms.FIELD))
    if visit.request.method == "POST" and not is_ours:
        raise HTTPException(403)
