"""ariadne-codegen: a typed Python client of our operations, generated and then run."""

import shutil
import subprocess
from pathlib import Path

from tests.clients.packages import HERE, ROOT
from tests.clients.shop import Shop


def test_the_generated_client_does_all_that_a_back_end_does(client_python: Path, shop: Shop, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "operations", tmp_path / "operations")
    shutil.copy(ROOT / "schema.graphql", tmp_path)
    for name in ("ariadne.toml", "run.py"):
        shutil.copy(HERE / "ariadne" / name, tmp_path)

    ended(client_python.with_name("ariadne-codegen"), "--config", "ariadne.toml", folder=tmp_path, told={})
    printed = ended(client_python, "run.py", folder=tmp_path, told=shop.told())

    done = ["query", "error", "user error", "mutation", "pages", "persisted query", "subscription"]
    assert printed.splitlines() == done


def ended(program: Path, *arguments: str, folder: Path, told: dict[str, str]) -> str:
    """What a program printed; it must end well."""
    command = [str(program), *arguments]
    done = subprocess.run(
        command, cwd=folder, env={"NO_COLOR": "1", **told}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
