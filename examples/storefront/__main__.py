"""`python -m examples.storefront`: reads the arguments and listens. What it serves is app's."""

import argparse
import contextlib

import uvicorn

from examples.storefront.app import create_app
from examples.storefront.markets import SEGMENTS, Market, Shop


def main() -> None:
    """Serve until Ctrl+C."""
    given = _arguments()
    config = uvicorn.Config(create_app(_shop(given)), host=given.host, port=given.port, log_level="warning")
    server = uvicorn.Server(config)
    # uvicorn has closed everything by then; the traceback would only alarm
    with contextlib.suppress(KeyboardInterrupt):
        server.run()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m examples.storefront", description="A small demo shop front.")
    parser.add_argument("--api", required=True, help="the GraphQL endpoint")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--origin", help="the shop's public address; default: where it listens")
    parser.add_argument(
        "--storefront", action="append", required=True, type=_pair, metavar="HANDLE=KEY",
        help=f"a storefront and its publishable key; known: {', '.join(SEGMENTS)}",
    )  # fmt: skip
    parser.add_argument(
        "--customer-secret", action="append", default=[], type=_pair, metavar="HANDLE=SECRET",
        help="lets that storefront sign its demo customers in",
    )  # fmt: skip
    return parser.parse_args()


def _pair(text: str) -> tuple[str, str]:
    handle, _, value = text.partition("=")
    if handle not in SEGMENTS or not value:
        raise argparse.ArgumentTypeError(f"expected HANDLE=VALUE with a handle of {', '.join(SEGMENTS)}")
    return handle, value


def _shop(given: argparse.Namespace) -> Shop:
    secrets = dict(given.customer_secret)
    return Shop(
        api_url=given.api,
        origin=(given.origin or f"http://{given.host}:{given.port}").rstrip("/"),
        markets=tuple(Market.of(handle, key, secret=secrets.get(handle)) for handle, key in given.storefront),
    )


if __name__ == "__main__":
    main()
