"""`fidelio serve`, for real: what it prints answers, and one signal ends everything it started."""

import os
import signal
import socket
from pathlib import Path

import httpx2
import pytest

from tests.demo import Loaded
from tests.server import answers, serving
from tests.worker.world import free_port, wait_until

_SECONDS = 60
_COUNT = '{ product(handle: "bol-matin") { ratingSummary { count } } }'


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_everything_it_prints_answers_and_a_signal_ends_both_processes(copied: Loaded, end: signal.Signals) -> None:
    port = two_free_ports()
    server, storefront = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"
    key = copied.shop.publishable_keys["fr"]

    with serving(copied.folder, "--demo", "--development", port=port) as child:
        wait_until(lambda: answers(f"{server}/healthz"))
        wait_until(lambda: answers(f"{storefront}/fr/"))
        wait_until(lambda: "Demo keys" in (copied.folder / "printed").read_text())
        printed = (copied.folder / "printed").read_text()
        page = httpx2.get(f"{server}/graphql?key={key}", headers={"Accept": "text/html"})
        counted = httpx2.post(f"{server}/graphql?key={key}", json={"query": _COUNT}).json()
        assert answers(f"{server}/schema.graphql")
        assert httpx2.get(f"{server}/console", follow_redirects=True).is_success

        os.kill(child.pid, end)
        assert child.wait(_SECONDS) == 0

    assert not answers(f"{server}/healthz")
    assert not answers(storefront)
    assert "graphiql" in page.text.lower()
    assert counted["data"]["product"]["ratingSummary"]["count"] > 10
    for address in (f"{server}/graphql?key={key}", f"{server}/console", storefront, f"{server}/healthz"):
        assert address in printed
    for secret in (copied.shop.service_key, *(login.password for login in copied.shop.staff)):
        assert secret in printed


def test_outside_development_there_is_no_graphiql(tmp_path: Path) -> None:
    port = two_free_ports()
    with serving(tmp_path, port=port) as child:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/healthz") or child.poll() is not None)
        page = httpx2.get(f"http://127.0.0.1:{port}/graphql", headers={"Accept": "text/html"})

    assert "graphiql" not in page.text.lower()


def test_outside_development_a_secret_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FIDELIO_SECRET_KEY")

    with serving(tmp_path, port=two_free_ports()) as child:
        assert child.wait(_SECONDS) == 1

    assert (tmp_path / "printed").read_text() == "Set FIDELIO_SECRET_KEY to 32 or more random characters.\n"
    assert not (tmp_path / "fidelio.db").exists()


def test_a_port_that_is_taken_is_said_at_once(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with serving(tmp_path, "--demo", "--development", port=port) as child:
            assert child.wait(_SECONDS) == 1

    assert f"Port {port} is in use." in (tmp_path / "printed").read_text()
    assert not (tmp_path / "fidelio.db").exists()


def two_free_ports() -> int:
    """A port such that it and the next are free."""
    while True:
        port = free_port()
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port
