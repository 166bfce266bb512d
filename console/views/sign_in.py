"""Sign in and out. Accounts and their sessions are core.accounts'; the brake on guessing is console.throttle's."""

from anyio import to_thread
from sqlmodel import Session
from starlette.responses import Response

from console import cookies, guard, places, rendering
from console.visit import Visit
from core import accounts
from core.accounts import SESSION_LIFE, StaffAccount
from core.identity import CallerKind
from core.refusal import Refusal


async def show(visit: Visit) -> Response:
    """The form; whoever is signed in already goes on to their first page."""
    if visit.caller.kind is CallerKind.STAFF:
        return visit.go(visit.home)
    return _form(visit, next_page=visit.request.query_params.get("next", ""))


async def sign_in(visit: Visit) -> Response:
    """Open a session. An unknown e-mail, a closed account and a wrong password are answered alike."""
    email, next_page = visit.field("email"), visit.field("next")
    names = {"address": visit.request.client.host if visit.request.client else "", "account": email}
    if not visit.desk.throttle.admit(**names):
        return _form(visit, next_page=next_page, email=email, problem="sign_in.too_many", status=429)
    account = await _authenticated(visit, email)
    if isinstance(account, Refusal):
        return _form(visit, next_page=next_page, email=email, problem="sign_in.wrong", status=403)
    visit.desk.throttle.succeeded(**names)
    return await _welcome(visit, account, next_page)


async def sign_out(visit: Visit) -> Response:
    """End the session, here and in the database."""
    token = visit.holder

    def end(session: Session) -> bool:
        return accounts.end_credential(session, token)

    await visit.write(end)
    answer = visit.go("/sign-in", lang=visit.locale)
    cookies.drop(answer, cookies.SESSION, secure=visit.desk.secure_cookies)
    return answer


async def _authenticated(visit: Visit, email: str) -> StaffAccount | Refusal:
    # as typed: a password may begin or end with a space
    password = visit.form.get("password", "")
    given = password if isinstance(password, str) else ""
    async with visit.desk.password_checks:
        account = await visit.read(accounts.authenticate, email=email, password=given)
        if isinstance(account, StaffAccount) and accounts.needs_rehash(account):
            await _rehash(visit, account, given)
        return account


async def _rehash(visit: Visit, account: StaffAccount, password: str) -> None:
    """Keep the password as it is hashed now: only whoever types it can do that."""
    # outside the transaction: the one writer must not wait for it
    password_hash = await to_thread.run_sync(accounts.hashed_password, password)

    def keep(session: Session) -> bool:
        return accounts.keep_hash(session, account, password_hash)

    await visit.write(keep)


async def _welcome(visit: Visit, account: StaffAccount, next_page: str) -> Response:
    def open_session(session: Session) -> str:
        return accounts.issue_credential(session, account.id, for_console=True)

    token = await visit.write(open_session)
    home = places.home_of(guard.caller_of(account))
    answer = visit.go_to(rendering.own_page(next_page, otherwise=home))
    secure = visit.desk.secure_cookies
    cookies.put(answer, cookies.SESSION, token, life=SESSION_LIFE, secure=secure)
    cookies.drop(answer, cookies.STRANGER, secure=secure)
    return answer


def _form(visit: Visit, *, next_page: str, email: str = "", problem: str = "", status: int = 200) -> Response:
    return visit.page("sign_in.html", status=status, next_page=next_page, email=email, problem=problem)
