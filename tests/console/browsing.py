"""A browser without JavaScript: it follows links and sends the forms of the page before it, as they are written."""

from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag
from httpx2 import Response
from starlette.testclient import TestClient

ADDRESS = "https://console.test"


class Browser:
    """One person's browser, its cookies and the page it shows."""

    def __init__(self, app: Any) -> None:  # noqa: ANN401 - an ASGI application
        # over https, since the session's cookie travels no other way
        self.client = TestClient(app, base_url=ADDRESS, raise_server_exceptions=False)
        self.answer = Response(204)

    @property
    def page(self) -> BeautifulSoup:
        """The page on the screen."""
        return BeautifulSoup(self.answer.text, "html.parser")

    @property
    def path(self) -> str:
        """Its address."""
        return self.answer.request.url.raw_path.decode()

    @property
    def heading(self) -> str:
        """Its first heading."""
        return words(self.page.h1)

    @property
    def message(self) -> str:
        """What it says of the act before; empty when it says nothing."""
        return words(self.page.select_one(".flash > span"))

    def open(self, path: str, **headers: str) -> "Browser":
        """Go to an address of the console."""
        self.answer = self.client.get(f"/console{path}", headers=headers)
        return self

    def send(
        self,
        action: str,
        *,
        leave_out: str = "",
        press: tuple[str, str] | None = None,
        typed: Mapping[str, str] | None = None,
        **fields: str,
    ) -> "Browser":
        """Send the form of the page whose address ends so; `press` is the button's name and value.

        `typed`: fields whose names are no words of Python.
        """
        form = self._form(action)
        filled = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]")}
        filled |= {str(choice["name"]): "" for choice in form.select("select[name]")}
        filled |= fields | dict(typed or {}) | (dict([press]) if press else {})
        filled.pop(leave_out, None)
        self.answer = self.client.post(str(form["action"]), data=filled)
        return self

    def has_form(self, action: str) -> bool:
        """Whether the page has such a form."""
        return any(str(form["action"]).endswith(action) for form in self.page.select("form[action]"))

    def sign_in(self, email: str, password: str) -> "Browser":
        """Through the form."""
        return self.open("/sign-in").send("/sign-in?lang=en", email=email, password=password)

    def _form(self, action: str) -> Tag:
        forms = [form for form in self.page.select("form[action]") if str(form["action"]).endswith(action)]
        assert forms, f"no form of {self.path} goes to {action}"
        return forms[0]


def words(element: Tag | None) -> str:
    """The text of an element on one line."""
    return " ".join(element.get_text(" ").split()) if element is not None else ""
