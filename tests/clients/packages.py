"""Installs the clients, once a checkout, under var/clients. Which ones is for package.json and requirements.in."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
INSTALLED = ROOT / "var" / "clients"
OLDEST_NODE = 20

_UV = ROOT / ".venv" / "bin" / "uv"
_SECONDS = 400


class NotInstalledError(Exception):
    """What is missing, and why, in one sentence."""


def node_modules() -> Path:
    """The installed npm packages; scripts find them through a link of this name beside or above them."""
    _need_node()
    folder = INSTALLED / "npm"
    _once(folder, HERE / "package-lock.json", _install_npm)
    return folder / "node_modules"


def python() -> Path:
    """The interpreter of the environment that the Python clients are installed in."""
    folder = INSTALLED / "pypi"
    _once(folder, HERE / "requirements.lock", _install_pypi)
    return folder / "bin" / "python"


def _need_node() -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NotInstalledError(f"node {OLDEST_NODE} or newer with npm is not installed")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.removeprefix("v").partition(".")[0]) < OLDEST_NODE:
        raise NotInstalledError(f"node {version} is older than {OLDEST_NODE}")


def _once(folder: Path, lock: Path, install: Callable[[Path], None]) -> None:
    """Install into the folder unless what the lock names is there; the other workers of a run wait meanwhile."""
    stamp = folder / "installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    with _held(INSTALLED / f"{folder.name}.lock"):
        if stamp.exists() and stamp.read_text() == wanted:
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        install(folder)
        stamp.write_text(wanted)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install_npm(folder: Path) -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, folder)
    # no package of these needs its scripts; a stranger's code that runs at installation is refused
    _run("npm", "ci", "--ignore-scripts", "--no-progress", "--fetch-retries=1", cwd=folder)


def _install_pypi(folder: Path) -> None:
    lock = str(HERE / "requirements.lock")
    if _UV.exists():
        _run(str(_UV), "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(folder), cwd=ROOT)
        target = str(folder / "bin" / "python")
        _run(str(_UV), "pip", "install", "--quiet", "--python", target, "--require-hashes", "-r", lock, cwd=ROOT)
        return
    _run(sys.executable, "-m", "venv", str(folder), cwd=ROOT)
    _run(str(folder / "bin" / "pip"), "install", "--quiet", "--require-hashes", "-r", lock, cwd=ROOT)


def _run(*command: str, cwd: Path) -> None:
    try:
        subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        raise NotInstalledError(f"`{command[0]}` did not end within {_SECONDS} seconds") from None
    except subprocess.CalledProcessError as problem:
        said = [line for line in (problem.stderr or problem.stdout).splitlines() if line.strip() and "warn" not in line]
        raise NotInstalledError(f"`{' '.join(command[:3])}` failed: {' / '.join(said[:2])}") from None
