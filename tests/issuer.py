"""Somebody who signs customer tokens with keys of their own, and publishes the public halves over HTTP."""

import json
import threading
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from core import clock

ISSUER = "https://id.shop.example"


class Issuer:
    """Keys by their `kid`, and a server of what is published; `asked` counts its visitors."""

    def __init__(self) -> None:
        self.keys: dict[str, RSAKey | ECKey | OKPKey | OctKey] = {}
        self.status = 200
        self.asked = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where the key set is."""
        return f"http://{self.host}/jwks.json"

    @property
    def host(self) -> str:
        """`host:port` of the server."""
        return f"127.0.0.1:{self._server.server_port}"

    def document(self) -> str:
        """The JWK Set."""
        return json.dumps({"keys": [{**key.as_dict(private=False), "kid": kid} for kid, key in self.keys.items()]})

    def token(self, kid: str, algorithm: str, **changes: object) -> str:
        """A token of the customer c-1, signed with the key of this `kid`."""
        now = int(clock.now().timestamp())
        body = {"iss": ISSUER, "sub": "c-1", "aud": "main", "iat": now, "exp": now + 600, **changes}
        said = {name: value for name, value in body.items() if value is not None}
        with warnings.catch_warnings():
            # issuers still say EdDSA, and the library that signs in their place warns of it
            warnings.simplefilter("ignore")
            return jwt.encode({"alg": algorithm, "kid": kid}, said, self.keys[kid], algorithms=[algorithm])

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked += 1
                body = issuer.document().encode()
                self.send_response(issuer.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:  # noqa: ANN401 - as the library has it
                pass

        return Handler
