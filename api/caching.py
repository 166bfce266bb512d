"""What caches are told of an answer: for how long it is good, how to ask whether it still is, and what renews it.

Which answers are everybody's is api.sharing's to say, and which keys they have api.provenance's.
"""

from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from api.provenance import Provenance
from core.settings import Settings

_PRIVATE = "private, no-store"
# 128 bits: no two answers are taken for one
_TAG_LENGTH = 32


def finish(request: Request, response: Response, *, provenance: Provenance | None, settings: Settings) -> Response:
    """The answer to a request of /graphql with all that caches need, or a 304 in its place.

    - a POST's: `no-store`;
    - a GET's, when it is everybody's and names what would renew it: `public`, an ETag, and its surrogate keys;
    - any other, each with an error among them: `private, no-store`.
    """
    if request.method != "GET":
        response.headers["cache-control"] = "no-store"
        return response
    keys = provenance.keys() if provenance is not None and provenance.is_shared else []
    if response.status_code != 200 or not keys:
        response.headers["cache-control"] = _PRIVATE
        return response
    response.headers["surrogate-key"] = " ".join(keys)
    response.headers["cache-tag"] = ",".join(keys)
    return revalidated(request, response, settings=settings)


def revalidated(request: Request, response: Response, *, settings: Settings) -> Response:
    """A public answer with its ETag and age; a 304 with the same headers when the client has it already."""
    tag = _tag(response)
    response.headers["etag"] = tag
    response.headers["cache-control"] = public(settings)
    if not _has(request.headers.get("if-none-match"), tag):
        return response
    kept = {name: value for name, value in response.headers.items() if not name.startswith("content-")}
    return Response(status_code=304, headers=kept)


def public(settings: Settings) -> str:
    """Cache-Control of what is everybody's."""
    shared = settings.shared_cache_seconds
    parts = [
        "public",
        f"max-age={settings.cache_seconds}",
        *([] if shared is None else [f"s-maxage={shared}"]),
        f"stale-while-revalidate={settings.cache_stale_seconds}",
    ]
    return ", ".join(parts)


def _tag(response: Response) -> str:
    # the same bytes in another media type are another representation
    told = sha256(response.headers.get("content-type", "").encode() + b"\n" + bytes(response.body))
    return f'"{told.hexdigest()[:_TAG_LENGTH]}"'


def _has(header: str | None, tag: str) -> bool:
    """Whether If-None-Match names the tag, weakly compared as RFC 9110 13.1.2 has it: caches weaken what they pack."""
    if header is None:
        return False
    named = {each.strip().removeprefix("W/") for each in header.split(",")}
    return "*" in named or tag in named
