"""schemathesis: whatever the contract allows to ask is answered, or refused with a client's error; nothing breaks.

A few documents a field in every run, two minutes of them with `--deep` (`make test-deep`).
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.schema import build_schema
from core.identity import Permission
from tests.api import declarations
from tests.clients.packages import HERE, ROOT
from tests.clients.shop import Shop, opened
from tests.demo import Loaded

# a customer's own page: most of it is refused to staff
OF_CUSTOMERS = ["Query.viewer"] + [
    field.path for field in declarations.fields(build_schema()) if field.requires is Permission.ACT_AS_CUSTOMER
]
_SHORT = ["--phases=fuzzing", "--max-examples=4", "--seed=1"]


@pytest.fixture
def shop(loaded_demo: Loaded, tmp_path: Path) -> Iterator[Shop]:
    """A shop of the test's own: whoever sends every mutation may well revoke the keys that others hold."""
    with opened(loaded_demo, tmp_path / "shop") as running:
        yield running


@pytest.mark.parametrize("caller", ["staff", "customer"])
def test_no_document_breaks_anything(
    *,
    caller: str,
    shop: Shop,
    client_python: Path,
    pytestconfig: pytest.Config,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(HERE / "schemathesis", tmp_path / "asking")
    names = [path for path in OF_CUSTOMERS if path.partition(".")[0] in {"Query", "Mutation"}]
    chosen = "--exclude-name" if caller == "staff" else "--include-name"
    token = shop.staff_token() if caller == "staff" else shop.customer_token()

    ended = subprocess.run(
        [
            str(client_python.with_name("st")),
            "--config-file=schemathesis.toml",
            "run",
            str(ROOT / "schema.graphql"),
            f"--url={shop.endpoint}",
            f"--header=Authorization: Bearer {token}",
            f"--header=Fidelio-Storefront-Key: {shop.storefront_key}",
            "--no-color",
            *(["--max-time=120"] if pytestconfig.getoption("deep") else _SHORT),
            *(word for name in names for word in (chosen, name)),
        ],
        cwd=tmp_path / "asking",
        env={"PATH": os.environ["PATH"], "SCHEMATHESIS_HOOKS": "scalars"},
        capture_output=True,
        text=True,
        check=False,
    )

    told = re.findall(r"Selected: \S+|\d+ generated, .*", ended.stdout)
    with capsys.disabled():
        sys.stderr.write(f"schemathesis as {caller}: {'; '.join(told)}\n")
    assert ended.returncode == 0, ended.stdout[-6000:]
