"""In which form an answer comes, by the request's Accept header. What the answer says is api.http's."""

from dataclasses import dataclass

JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"
HTML = "text/html"
EVENTS = "text/event-stream"
PARTS = "multipart/mixed"
# formats of parts that are not ours: an older one of @defer, and one for subscriptions
_OTHER_PARTS = ("deferspec=", "subscriptionspec=")


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One part of an Accept header: `type/subtype`, either of them `*`, and how much it is wanted (0 to 1)."""

    name: str
    quality: float
    parameters: tuple[str, ...] = ()

    def specificity(self, media_type: str) -> int:
        """How closely it names the type: 3 exactly, 2 by `type/*`, 1 by `*/*`, 0 not at all."""
        if self.name == media_type:
            return 3
        if self.name == f"{media_type.partition('/')[0]}/*":
            return 2
        return 1 if self.name == "*/*" else 0


def media_type(accept: str | None) -> str | None:
    """The JSON type to answer with, or None when the header accepts neither.

    - no header, or an empty one: application/json, as before the newer type existed;
    - the one with the higher q-value, then the one that is named more closely;
    - both alike: graphql-response+json when it is named, else application/json.
    Source: https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types (read 2026-11-22).
    """
    if accept is None or not accept.strip():
        return JSON
    ranges = _ranges(accept)
    newer, older = _wanted(ranges, RESPONSE_JSON), _wanted(ranges, JSON)
    if newer[0] == older[0] == 0:
        return None
    if newer == older:
        return RESPONSE_JSON if newer[1] == 3 else JSON
    return RESPONSE_JSON if newer > older else JSON


def takes_events(accept: str | None) -> bool:
    """Whether a subscription can be answered as server-sent events."""
    return _wanted(_ranges(accept or ""), EVENTS)[0] > 0


def prefers_events(accept: str | None) -> bool:
    """Whether any operation is to be answered as server-sent events.

    They are named, and wanted more than JSON; wanted alike, they are named first or JSON is not named at all.
    """
    ranges = _ranges(accept or "")
    events, json = _wanted(ranges, EVENTS), max(_wanted(ranges, RESPONSE_JSON), _wanted(ranges, JSON))
    if events[0] == 0 or events[1] < 3:
        return False
    if events != json:
        return events > json
    return next(each.name for each in ranges if each.name in {EVENTS, JSON, RESPONSE_JSON}) == EVENTS


def takes_parts(accept: str | None) -> bool:
    """Whether deferred parts may come as multipart/mixed: it is named, in no other format, and wanted as JSON is."""
    ranges = _ranges(accept or "")
    parts = [each for each in ranges if each.name == PARTS and not _is_other(each)]
    wanted = max((each.quality for each in parts), default=0)
    return wanted > 0 and wanted >= max(_wanted(ranges, RESPONSE_JSON)[0], _wanted(ranges, JSON)[0])


def _is_other(parts: MediaRange) -> bool:
    return any(each.startswith(_OTHER_PARTS) for each in parts.parameters)


def wants_page(accept: str | None) -> bool:
    """Whether a person's browser asks: HTML is named, and neither JSON is."""
    named = {each.name for each in _ranges(accept or "") if each.quality > 0}
    return HTML in named and not named & {JSON, RESPONSE_JSON}


def _wanted(ranges: list[MediaRange], name: str) -> tuple[float, int]:
    # the closest range decides, even when a wider one would give more
    closest = max(ranges, key=lambda each: (each.specificity(name), each.quality), default=None)
    if closest is None or not closest.specificity(name):
        return 0, 0
    return closest.quality, closest.specificity(name)


def _ranges(accept: str) -> list[MediaRange]:
    return [_range(part) for part in accept.split(",") if part.strip()]


def _range(text: str) -> MediaRange:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    return MediaRange(name, _quality(quality), tuple(parameters))


def _quality(text: str) -> float:
    try:
        quality = float(text)
    except ValueError:
        return 0
    # what is out of range, NaN included, is not wanted rather than guessed at
    return quality if 0 <= quality <= 1 else 0
