"""robots.txt as Google reads it, with the line that decides. Fetching the file is gathering.py's.

Behaviour: https://developers.google.com/crawling/docs/robots-txt/robots-txt-spec and RFC 9309; held to the 142 cases of
Google's own parser. A URL is matched as it is written: percent-encode it first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

READ_BYTES = 500 * 1024
_LINE_BYTES = 2083 * 8 - 1
_AGENT = re.compile(r"[A-Za-z_-]+")
_ENDS = re.compile(rb"(\r\n|\r|\n)")
_BOM = b"\xef\xbb\xbf"
_HEX = re.compile(r"%([0-9a-fA-F]{2})")
# spellings that Google forgives
_FIELDS = {
    **dict.fromkeys(("user-agent", "useragent", "user agent"), "user-agent"),
    **dict.fromkeys(("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "disallow"),
    "allow": "allow",
    **dict.fromkeys(("sitemap", "site-map"), "sitemap"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line that says something: its number from 1, its field as Google understands it, its value.

    `offset` is the byte of the file at which it begins; `written` the field as its author spelt it.
    """

    number: int
    field: str
    value: str
    source: str
    offset: int = 0
    written: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the address may be crawled, and the line that says so; None when no line speaks of it."""

    is_allowed: bool
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """A parsed file: every line with a known or unknown field, in order. `url` is where it was read.

    - `is_long`: there is more than the 500 KiB that are read. `begins`: its first bytes.
    - `undecodable`: the first byte that is no UTF-8; None when all is.
    """

    lines: tuple[Line, ...]
    url: str = ""
    is_long: bool = False
    begins: bytes = b""
    undecodable: int | None = None


@dataclass(frozen=True, slots=True)
class RobotsUnreachable:
    """The file could not be had: a server's error (its status) or no answer (0). Crawlers then stay away."""

    url: str
    status: int = 0


def parse(raw: bytes, *, url: str = "") -> RobotsFile:
    """Read the first 500 KiB; lines that say nothing are left out, unknown fields are kept for the rules about them."""
    body = raw[:READ_BYTES]
    mark = len(_BOM) if body.startswith(_BOM) else 0
    lines = []
    offset = mark
    for number, row in enumerate(_ENDS.split(body[mark:]), 1):
        # every other piece is a line's end
        if number % 2 and (line := _line(number // 2 + 1, row.decode("utf-8", "surrogateescape"), offset)):
            lines.append(line)
        offset += len(row)
    return RobotsFile(tuple(lines), url, len(raw) > READ_BYTES, body[:100], _undecodable(body))


def decide(robots: RobotsFile, url: str, *, agent: str) -> Decision:
    """Whether `agent` (a product token such as Googlebot) may crawl the address.

    - The groups that name the agent are merged; only when none does, those of `*` speak.
    - The longest matching pattern wins, Allow wins a tie, and no match means allowed.
    """
    path = _path(url)
    own, everybodys, is_named = _rules(robots, agent)
    rules = own if is_named else everybodys
    best: Line | None = None
    best_length = 0
    for rule in rules:
        length = _match_length(rule, path)
        if length > best_length or (length == best_length and length > 0 and rule.field == "allow"):
            best, best_length = rule, length
    return Decision(best is None or best.field == "allow", best)


def for_googlebot(robots: RobotsFile, url: str) -> Decision:
    """What the file says to Googlebot of an address in any spelling."""
    return decide(robots, quote(url, safe="/:?#[]@!$&'()*+,;=%~"), agent="Googlebot")


def for_agents(robots: RobotsFile, url: str, *, agents: Sequence[str]) -> Decision:
    """What the file says to a crawler that answers to several names: the first that has a group speaks, else `*`."""
    written = quote(url, safe="/:?#[]@!$&'()*+,;=%~")
    named = next((agent for agent in agents if _rules(robots, agent)[2]), agents[0])
    return decide(robots, written, agent=named)


def _undecodable(body: bytes) -> int | None:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        # the cut at 500 KiB may fall inside a character
        return error.start if error.start < READ_BYTES - 4 else None
    return None


def _line(number: int, row: str, offset: int) -> Line | None:
    content = row[:_LINE_BYTES].partition("#")[0].strip()
    name, colon, value = content.partition(":")
    if not colon:
        # a forgotten colon is forgiven when exactly two words stand there
        words = content.split()
        if len(words) != 2:
            return None
        name, value = words
    written = name.strip()
    return Line(number, _FIELDS.get(written.lower(), written.lower()), value.strip(), content, offset, written)


def _rules(robots: RobotsFile, agent: str) -> tuple[list[Line], list[Line], bool]:
    own: list[Line] = []
    everybodys: list[Line] = []
    is_own = is_everybodys = is_named = has_agent = has_rules = False
    for line in robots.lines:
        if line.field == "user-agent":
            if has_rules:
                is_own = is_everybodys = has_rules = False
            has_agent = True
            if line.value == "*" or line.value.startswith("* "):
                is_everybodys = True
            else:
                named = _AGENT.match(line.value)
                is_own |= named is not None and named.group().lower() == agent.lower()
            is_named |= is_own
        elif line.field in ("allow", "disallow") and has_agent:
            # rules before the first user-agent line belong to nobody and close nothing
            has_rules = True
            if is_own:
                own.append(line)
            if is_everybodys:
                everybodys.append(line)
    return own, everybodys, is_named


def _match_length(rule: Line, path: str) -> int:
    """How specific the rule is for this path: its pattern's length, or 0 when it does not match."""
    pattern = _escaped(rule.value)
    if not pattern:
        return 0
    if _matches(path, pattern):
        return len(pattern)
    folder, slash, rest = pattern.rpartition("/")
    if rule.field == "allow" and slash and rest.startswith("index.htm"):
        # "/index.html" stands for its folder too
        return len(folder) + 2 if _matches(path, f"{folder}/$") else 0
    return 0


def _matches(path: str, pattern: str) -> bool:
    """Wildcards by searching each literal in turn, left to right: linear, whatever the pattern holds."""
    is_anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*") if is_anchored else pattern.split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not is_anchored or path == first
    position = len(first)
    for literal in rest[:-1]:
        found = path.find(literal, position)
        if found < 0:
            return False
        position = found + len(literal)
    last = rest[-1]
    if is_anchored:
        return path.endswith(last) and len(path) - len(last) >= position
    return path.find(last, position) >= 0


def _escaped(value: str) -> str:
    upper = _HEX.sub(lambda match: f"%{match[1].upper()}", value)
    if upper.isascii():
        return upper
    raw = upper.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw)


def _path(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "/"
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path
