"""The server audits of the npm package graphql-http, on /graphql as a storefront reaches it."""

import sys

import pytest

from tests.clients.bench import Bench
from tests.clients.shop import Shop


def test_every_audit_is_ok(bench: Bench, shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    ended = bench.ended("node", "audits/run.mjs", told=shop.told())

    with capsys.disabled():
        # standard error is the one way out of a worker
        sys.stderr.write(f"graphql-http audits: {ended.stdout}")
    assert ended.stdout == "61 ok\n", ended.stderr
