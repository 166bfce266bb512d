"""A process that has loaded everything and forks `fidelio` commands, so that each starts within a second.

Run as a program it answers one JSON line for each it reads; `Nursery` is the side of the tests. The forked processes
are real ones: own id, own connections, own death.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 20.0


class Child:
    """A forked `fidelio`."""

    def __init__(self, nursery: "Nursery", pid: int) -> None:
        self._nursery = nursery
        self.pid = pid

    def ended(self, *, within: float = _PATIENCE_SECONDS) -> int | None:
        """Its exit code, the negative signal where one killed it; None when it still runs after `within` seconds."""
        code: int | None = self._nursery.ask({"wait": self.pid, "seconds": within})["code"]
        return code

    def stop(self) -> int | None:
        """Ask it to end, as a service manager would; returns its exit code."""
        os.kill(self.pid, signal.SIGTERM)
        return self.ended()


class Nursery:
    """Starts commands; whatever still runs is killed when it closes."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.worker.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.ask({"ready": True}) == {"ready": True}

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _problem: BaseException | None, _trace: TracebackType | None
    ) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=_PATIENCE_SECONDS)
        self._process.stdout.close()

    def start(self, *arguments: str, environment: dict[str, str], log: Path) -> Child:
        """Fork `fidelio` with these arguments; what it prints goes to `log`."""
        answer = self.ask({"start": arguments, "environment": environment, "log": str(log)})
        return Child(self, answer["pid"])

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """The answer to one question."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def main() -> None:
    """Answer until standard input ends."""
    _load()
    children: set[int] = set()
    for line in sys.stdin:
        question = json.loads(line)
        if "start" in question:
            answer: dict[str, object] = {"pid": _fork(question)}
            children.add(int(str(answer["pid"])))
        elif "wait" in question:
            answer = {"code": _wait(question["wait"], question["seconds"], children)}
        else:
            answer = {"ready": True}
        print(json.dumps(answer), flush=True)  # noqa: T201 - the answer
    for pid in children:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _load() -> None:
    import uvicorn  # noqa: F401

    import api.app  # noqa: F401
    import cli.main
    import cli.serve
    import cli.work  # noqa: F401
    import worker.reactions  # noqa: F401


def _fork(question: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    log = os.open(question["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.update(question["environment"])
    sys.argv = ["fidelio", *question["start"]]
    code = 1
    try:
        _run()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    finally:
        # nothing of the nursery's own is to be tidied up by a child
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _run() -> None:
    from cli.main import main as fidelio
    from core.settings import settings

    settings.cache_clear()
    fidelio()


def _wait(pid: int, seconds: float, children: set[int]) -> int | None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            children.discard(pid)
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    return None


if __name__ == "__main__":
    main()
