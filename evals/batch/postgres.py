"""A real PostgreSQL for evals and tests: started on a free port of loopback as an ordinary user, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_DEBIAN = Path("/usr/lib/postgresql")
_ORDINARY = ("postgres", "nobody")
_USER = "jiping"
_OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=on -c max_connections=60 -c shared_buffers=32MB"


def installed() -> Path | None:
    """The folder of its programs, or None."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    return max(_DEBIAN.glob("*/bin"), default=None)


class Server:
    """A server that can be stopped and started again with all that it holds."""

    def __init__(self, programs: Path, home: Path) -> None:
        self._programs, self._home = programs, home
        self._as = _ordinary()
        self.port = _free_port()
        if self._as is not None:
            os.chown(home, self._as, -1)
        self._run("initdb", "-D", str(home / "data"), "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C")

    def database(self, name: str) -> str:
        """The address of a new and empty database, for `--database`."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", _USER, name)
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"{_OPTIONS} -p {self.port} -k {self._home}"
        self._run("pg_ctl", "-D", str(self._home / "data"), "-w", "-l", str(self._home / "log"), "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it; `immediate`: as if the power went."""
        self._run("pg_ctl", "-D", str(self._home / "data"), "-w", "-m", mode, "stop")

    def _run(self, program: str, *args: str) -> None:
        command: Sequence[str] = (str(self._programs / program), *args)
        subprocess.run(
            command, user=self._as, check=True, cwd=self._home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip


@contextmanager
def postgres() -> Iterator[Server]:
    """A running server.

    Raises:
        FileNotFoundError: it is not installed.
    """
    programs = installed()
    if programs is None:
        raise FileNotFoundError("PostgreSQL")
    home = Path(tempfile.mkdtemp(prefix="jiping-pg-"))
    try:
        server = Server(programs, home)
        server.start()
        try:
            yield server
        finally:
            _stopped(server)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _stopped(server: Server) -> None:
    try:
        server.stop("immediate")
    except subprocess.CalledProcessError:
        return  # it was stopped already


def _ordinary() -> int | None:
    """Whom to run it as: it refuses the superuser."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return next(known[name] for name in _ORDINARY if name in known)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port
