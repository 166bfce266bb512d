"""GET /media/{digest}.webp: renditions of photos that are public, or of those that a signed address lets one see."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from core.crossing import House, Rooms
from core.settings import Settings
from core.storage import DiskStorage, is_digest
from ugc import imaging, photos

# a stranger's picture can do nothing here but be shown
_HEADERS = {
    "content-type": imaging.MEDIA_TYPE,
    "content-disposition": "inline",
    "content-security-policy": "default-src 'none'",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
}
# the name is the content's hash, so what is behind an address never changes
_FOR_GOOD = "public, max-age=31536000, immutable"
_NOT_KEPT = "private, no-store"


def routes(house: House, settings: Settings) -> list[BaseRoute]:
    """The address of every rendition."""
    storage = DiskStorage(settings.media_directory)

    async def serve(request: Request) -> Response:
        digest, preview = request.path_params["digest"], request.query_params.get("preview")
        previewed = preview is not None and photos.is_preview(settings.secret(), digest, preview)
        if not is_digest(digest) or not (previewed or await _is_public(house, digest)):
            return _nothing()
        content = await to_thread.run_sync(storage.read, digest)
        if content is None:
            return _nothing()
        return Response(content, headers={**_HEADERS, "cache-control": _NOT_KEPT if previewed else _FOR_GOOD})

    return [Route("/media/{digest}.webp", serve, methods=["GET"])]


async def _is_public(house: House, digest: str) -> bool:
    rooms = Rooms(house)
    try:
        return await rooms.read(photos.is_public_file, digest)
    finally:
        await rooms.close()


def _nothing() -> Response:
    error = {"code": "NOT_FOUND", "message": "There is no such picture, or it is not public."}
    return JSONResponse({"error": error}, status_code=404, headers={"cache-control": "no-store"})
