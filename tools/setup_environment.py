"""Make .venv and install a lock and the project: `python3 tools/setup_environment.py runtime|development`.

Runs on a bare Python, before anything is installed. Versions are chosen by `make lock`, never here.
"""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
UV = ENVIRONMENT / "bin" / "uv"
PIP = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check"]

LOCKS = {"runtime": "requirements.lock", "development": "requirements-dev.lock"}
# What each kind of set-up leaves behind for make; the development lock holds all of the runtime's.
STAMPS = {"runtime": ("ready",), "development": ("ready", "ready-dev")}


def main(kind: str) -> None:
    """Bring .venv to the state of one lock and stamp it for make."""
    if sys.version_info < (3, 11):  # noqa: UP036  this very check is what an older Python meets
        sys.exit("Fidelio needs Python 3.11 or newer; say which one with `make PYTHON=python3.12 ...`.")
    make_environment()
    print(f"Installing {LOCKS[kind]} into .venv ...", flush=True)
    install("--require-hashes", "-r", str(ROOT / LOCKS[kind]))
    # Nothing is fetched for the project itself: its build backend comes with the lock.
    install("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    for stamp in STAMPS[kind]:
        (ENVIRONMENT / stamp).touch()


def make_environment() -> None:
    """A working .venv of this Python's making; one that an upgrade of Python has broken is made anew."""
    if works(PYTHON):
        return
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    print("Making .venv ...", flush=True)
    try:
        venv.create(ENVIRONMENT, with_pip=True, symlinks=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        sys.exit("This Python cannot make a virtual environment; on Debian: apt-get install python3-venv.")


def works(python: Path) -> bool:
    """Whether the environment's interpreter still starts and is new enough."""
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([str(python), "-c", question], check=False).returncode == 0
    except OSError:
        return False


def install(*what: str) -> None:
    """Install by the pinned uv, many times faster; by plain pip where uv does not get through."""
    if has_uv() and succeeds([str(UV), "pip", "install", "--quiet", "--python", str(PYTHON), *what]):
        return
    print("uv did not get through; installing with pip, which takes longer ...", flush=True)
    if not succeeds([*PIP, "install", *what]):
        sys.exit("Installing failed; the lines above say why.")


def has_uv() -> bool:
    """Whether uv stands in .venv, fetched by its own small lock if it has to be."""
    lock = ROOT / "tools" / "uv.lock"
    return UV.exists() or succeeds([*PIP, "install", "--require-hashes", "-r", str(lock)])


def succeeds(command: list[str]) -> bool:
    """Run a command to its end; its own messages go to the terminal."""
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit(__doc__)
    main(sys.argv[1])
