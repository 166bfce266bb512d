"""The console's three cookies and their attributes. What the values mean is sessions', forms' and flashes' to know."""

from datetime import timedelta

from starlette.responses import Response

PATH = "/console"
SESSION = "fidelio_console"
# binds the sign-in form to the browser it was shown to, before there is a session
STRANGER = "fidelio_console_stranger"
FLASH = "fidelio_console_flash"


def put(response: Response, name: str, value: str, *, life: timedelta, secure: bool) -> None:
    """Set a cookie that scripts cannot read, that stays on this site and within the console."""
    response.set_cookie(
        name,
        value,
        max_age=int(life.total_seconds()),
        path=PATH,
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def drop(response: Response, name: str, *, secure: bool) -> None:
    """Have the browser forget a cookie."""
    response.delete_cookie(name, path=PATH, secure=secure, httponly=True, samesite="lax")
