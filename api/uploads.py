"""PUT /media/uploads/{token}: the bytes of one photo, at a one-time address. Decoding them is the room's."""

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from api import bodies
from api.bodies import BodyFault
from api.cors import StorefrontOrigins
from core import texts
from core.crossing import House
from core.ids import to_public
from core.refusal import Refusal
from core.settings import Settings
from core.storage import DiskStorage
from ugc import uploads
from ugc.photo_refusals import PhotoRefusal

# each decodes in a child process that may take 1 GB and 20 seconds
_AT_ONCE = 4
_OF_FAULT = {
    BodyFault.TOO_LARGE: uploads.too_large(),
    BodyFault.INCOMPLETE: Refusal(PhotoRefusal.FILE_INCOMPLETE),
}
_STATUS = {
    PhotoRefusal.UPLOAD_NOT_FOUND: 404,
    PhotoRefusal.FILE_INCOMPLETE: 408,
    PhotoRefusal.UPLOAD_ALREADY_USED: 409,
    PhotoRefusal.UPLOAD_EXPIRED: 410,
    PhotoRefusal.FILE_TOO_LARGE: 413,
    PhotoRefusal.FORMAT_NOT_SUPPORTED: 415,
}


def routes(house: House, settings: Settings) -> list[BaseRoute]:
    """The upload address, open to browsers on the storefronts' origins."""
    storage = DiskStorage(settings.media_directory)
    receiving = CapacityLimiter(_AT_ONCE)

    async def receive(request: Request) -> Response:
        upload = uploads.read_token(settings.secret(), request.path_params["token"])
        if isinstance(upload, Refusal):
            return _refused(upload, request)
        content = await bodies.read(request, most=upload.max_bytes, seconds=settings.body_seconds)
        if isinstance(content, BodyFault):
            return _refused(_OF_FAULT[content], request)
        async with receiving:
            outcome = await to_thread.run_sync(uploads.receive, house.database, storage, upload, content)
        if isinstance(outcome, Refusal):
            return _refused(outcome, request)
        return JSONResponse({"photo": {"id": to_public("Photo", outcome), "state": "READY"}}, status_code=201)

    async def endpoint(scope: Scope, receive_message: Receive, send: Send) -> None:
        request = Request(scope, receive_message)
        await (await receive(request))(scope, receive_message, send)

    app = StorefrontOrigins(endpoint, house, methods="PUT")
    return [Route("/media/uploads/{token}", app, methods=["PUT", "OPTIONS"])]


def _refused(refusal: Refusal, request: Request) -> Response:
    # createUpload puts the sender's language into the address, since no key comes along
    message = texts.refusal_sentence(refusal, request.query_params.get("locale", texts.FALLBACK))
    status = next((status for code, status in _STATUS.items() if refusal.code is code), 422)
    return JSONResponse({"error": {"code": refusal.code.value, "message": message}}, status_code=status)
