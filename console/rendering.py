"""Jinja as the console uses it: where templates stand, and the few functions that they may call."""

import hashlib
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

import jinja2
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.templating import Jinja2Templates

from console import cookies
from core import clock, texts
from core.refusal import Param

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
_DOMAIN = "console"


@lru_cache(maxsize=1)
def templates() -> Jinja2Templates:
    """The templates, compiled once a process: everything is escaped, and a name that nobody gave is an error."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(t=_t, said=_said, path=path, asset=_asset, moment=_moment, ago=_ago, language=_language)
    environment.globals.update(
        number=_number, signed=_signed, percent=_percent, day=_day, instant=clock.from_milliseconds
    )
    return Jinja2Templates(env=environment)


def path(place: str, **query: str | int | None) -> str:
    """An address of the console, with what of the query has a value."""
    given = {name: value for name, value in query.items() if value not in {None, ""}}
    return f"{cookies.PATH}{place}" + (f"?{urlencode(given)}" if given else "")


def own_page(asked: str, *, otherwise: str) -> str:
    """`asked` when it is an address of the console, else the place `otherwise`: nobody is sent to "//another.site"."""
    inside = asked.startswith(f"{cookies.PATH}/") and not any(part in asked for part in ("//", "..", "\\"))
    return asked if inside and asked.isprintable() else path(otherwise)


@pass_context
def _t(context: Context, key: str, **params: Param) -> str:
    """The console's sentence `key` in the reader's language."""
    return _said(context, _DOMAIN, key, **params)


@pass_context
def _said(context: Context, domain: str, key: str, **params: Param) -> str:
    """A room's sentence in the reader's language: a reason, a screen's finding, a refusal."""
    visit = context["visit"]
    return texts.say(domain, key, visit.locale, zone=visit.zone, **params)


@pass_context
def _moment(context: Context, instant: datetime) -> Markup:
    """A time element: the moment for people, the instant for machines."""
    visit = context["visit"]
    shown = texts.moment(instant, visit.locale, zone=visit.zone)
    return Markup('<time datetime="{}">{}</time>').format(clock.iso(instant), shown)


@pass_context
def _ago(context: Context, instant: datetime) -> Markup:
    """A time element that says how long ago; the moment itself is its title."""
    visit = context["visit"]
    length = texts.duration(clock.now() - instant, visit.locale)
    shown = texts.moment(instant, visit.locale, zone=visit.zone)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(clock.iso(instant), shown, length)


@pass_context
def _language(context: Context, tag: str) -> str:
    """The name of a language in the reader's own."""
    return texts.language_name(tag, context["visit"].locale)


@pass_context
def _number(context: Context, value: int) -> str:
    """A whole number in the reader's way."""
    return texts.number(value, context["visit"].locale)


@pass_context
def _percent(context: Context, ppm: int) -> str:
    """A share in millionths as whole percent, in the reader's way; never rounded up to all."""
    return texts.percent(ppm, context["visit"].locale)


@pass_context
def _day(context: Context, day: date) -> str:
    """A day in the reader's way."""
    return texts.day(day, context["visit"].locale)


@pass_context
def _signed(context: Context, value: int) -> str:
    """The same with its sign."""
    return texts.number(value, context["visit"].locale, signed=True)


@lru_cache(maxsize=16)
def _asset(name: str) -> str:
    """The address of a static file; it changes with the content, so caches may keep it for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return path(f"/static/{name}", v=digest)
