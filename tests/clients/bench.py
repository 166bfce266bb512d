"""A folder to try one client in: its scripts, the operations and the contract, beside the installed packages."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.clients.packages import HERE, ROOT

_SECONDS = 120


@dataclass(frozen=True)
class Bench:
    """The folder. Nothing that a client writes there reaches the repository."""

    folder: Path

    @classmethod
    def laid_out(cls, folder: Path, client: str, node_modules: Path) -> "Bench":
        """With `tests/clients/<client>/` copied to the folder's own `<client>/`."""
        shutil.copytree(HERE / client, folder / client)
        shutil.copy(HERE / "package.json", folder)
        shutil.copy(HERE / "shop.mjs", folder)
        shutil.copy(ROOT / "schema.graphql", folder)
        shutil.copytree(ROOT / "examples" / "operations", folder / "operations")
        (folder / "node_modules").symlink_to(node_modules, target_is_directory=True)
        return cls(folder)

    def node(self, script: str, told: Mapping[str, str]) -> list[str]:
        """Run a script and return the lines it prints; it must end well."""
        return self.run("node", script, told=told)

    def run(self, *command: str, told: Mapping[str, str] | None = None, cwd: str = ".") -> list[str]:
        """Run a command of the packages, or `node`, and return the lines it prints; it must end well."""
        ended = self.ended(*command, told=told, cwd=cwd)
        assert ended.returncode == 0, f"{' '.join(command)}\n{ended.stdout}\n{ended.stderr}"
        return ended.stdout.splitlines()

    def ended(
        self, *command: str, told: Mapping[str, str] | None = None, cwd: str = "."
    ) -> "subprocess.CompletedProcess[str]":
        """The same, however it ends."""
        path = f"{self.folder / 'node_modules' / '.bin'}{os.pathsep}{os.environ['PATH']}"
        environment = {"PATH": path, "HOME": str(self.folder), "NO_COLOR": "1", **(told or {})}
        return subprocess.run(
            command,
            cwd=self.folder / cwd,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
