"""One request to the console: who came, in which language, and the ways to read, to write and to answer."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console import cookies, flashes, forms, places, rendering
from console.desk import Desk
from console.flashes import Flash
from console.places import Place
from core.crossing import Rooms
from core.identity import ANONYMOUS, Caller, Role

P = ParamSpec("P")
T = TypeVar("T")


class Visit:
    """What a view is given.

    `holder` is what this visit's forms are bound to: the session, or a stranger's cookie. `form` is empty for a GET.
    """

    def __init__(self, desk: Desk, request: Request, rooms: Rooms, *, locale: str) -> None:
        self.desk = desk
        self.request = request
        self.rooms = rooms
        self.caller: Caller = ANONYMOUS
        self.name = ""
        self.role: Role | None = None
        self.locale = locale
        self.zone = "UTC"
        self.holder = ""
        self.form = FormData()
        self.flash: Flash | None = None

    @property
    def staff_id(self) -> int:
        """The member of staff; views behind the guard have one."""
        if self.caller.staff_id is None:
            raise LookupError("nobody is signed in")
        return self.caller.staff_id

    @property
    def here(self) -> str:
        """This page's address, query included, where a language switch comes back to; after a POST the first page's."""
        if self.request.method == "POST":
            return rendering.path(self.home)
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    @property
    def places(self) -> tuple[Place, ...]:
        """The pages of the bar that this visit may open."""
        return places.open_to(self.caller)

    @property
    def home(self) -> str:
        """Where the work of whoever visits begins."""
        return places.home_of(self.caller)

    @property
    def form_token(self) -> str:
        """The hidden field of this visit's forms."""
        return forms.token(self.desk.secret, self.holder)

    async def read(self, ask: Callable[Concatenate[Session, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Ask a room, within this visit's snapshot."""
        return await self.rooms.read(ask, *args, **named)

    async def write(self, step: Callable[[Session], T]) -> T:
        """Act in one transaction; a view that answers a POST does so once."""
        return await self.rooms.write(step)

    def number(self, name: str) -> int:
        """An id in the address; one that no row can have is answered as not found."""
        value = int(self.request.path_params[name])
        if not 0 < value < 1 << 63:
            raise HTTPException(404)
        return value

    def field(self, name: str) -> str:
        """A text field of the form; empty when it was not sent."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def whole(self, name: str) -> int:
        """A number that the page itself wrote into its form; whoever sends another gets a 400."""
        text = self.field(name)
        if not text.isascii() or not text.isdigit() or len(text) > 19 or int(text) >= 1 << 63:
            raise HTTPException(400)
        return int(text)

    def page(self, template: str, *, status: int = 200, **content: object) -> Response:
        """A page in the reader's language; a message of the visit before is told, and told once."""
        answer = self.desk.templates.TemplateResponse(
            self.request, template, {"visit": self, **content}, status_code=status
        )
        if cookies.FLASH in self.request.cookies:
            cookies.drop(answer, cookies.FLASH, secure=self.desk.secure_cookies)
        return answer

    def go(self, place: str, flash: Flash | None = None, **query: str | int | None) -> Response:
        """Send the browser on after a POST, with a message for the page it lands on."""
        return self.go_to(rendering.path(place, **query), flash)

    def go_to(self, address: str, flash: Flash | None = None) -> Response:
        """As `go`, to an address that is known to be the console's own."""
        answer = RedirectResponse(address, status_code=303)
        if flash is not None:
            value = flashes.pack(self.desk.secret, flash)
            cookies.put(answer, cookies.FLASH, value, life=flashes.LIFE, secure=self.desk.secure_cookies)
        return answer
