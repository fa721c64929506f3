"""For every test: no network, no settings of this machine, one locale and time zone, the same random examples each run."""

from __future__ import annotations

import gc
import ipaddress
import locale
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from assistant.intake import Case, load_case
from assistant.pipeline import Run, draft_case

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


def _is_here(host: object) -> bool:
    """Whether a host, as given to `connect` or `getaddrinfo`, is this machine."""
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost"


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Connections and look-ups that leave this machine fail the test, even where the code swallows exceptions."""

    def guarded(name: str, real: Any) -> Any:
        def call(self: socket.socket, *args: Any) -> Any:
            address = args[-1]
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                pytest.fail(f"the test reached for the network: {name} to {address}")
            return real(self, *args)

        return call

    def look_up(host: Any, *args: Any, real: Any = socket.getaddrinfo, **options: Any) -> Any:
        if not _is_here(host):
            pytest.fail(f"the test reached for the network: looked up {host!r}")
        return real(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, guarded(name, getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", look_up)
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_place() -> Iterator[None]:
    """C.UTF-8 and China's time wherever the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.setenv("TZ", "Asia/Shanghai")
        patch.delenv("LANGUAGE", raising=False)
        locale.setlocale(locale.LC_ALL, "C.UTF-8")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endpoint or a key set up on this machine is none of the tests' business."""
    for name in os.environ:
        if name.upper().startswith(("JIPING_", "OPENAI_")):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def shipped_case() -> Path:
    """The Futian case as it is shipped, for tests that only read it."""
    return ROOT / "evals" / "cases" / "futian-organization-2020"


@pytest.fixture(scope="session")
def futian(shipped_case: Path) -> Case:
    """The same, read: a case cannot be changed."""
    return load_case(shipped_case)


@pytest.fixture(scope="session")
def futian_run(shipped_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same, drafted: a run folder for tests that only read it."""
    return draft_case(shipped_case, tmp_path_factory.mktemp("runs") / "futian")


@pytest.fixture
def futian_case(tmp_path: Path) -> Path:
    """A copy of the shipped case, free to be changed."""
    return Path(shutil.copytree(ROOT / "evals/cases/futian-organization-2020", tmp_path / "futian-organization-2020"))


@pytest.fixture(scope="session")
def project_files() -> list[Path]:
    """What is, or will be, in the repository, relative to its root; without git the test that asks is skipped."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what belongs to the project is not known")
    listed = subprocess.run(
        [git, "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [Path(name) for name in sorted(set(listed.stdout.split("\0"))) if name and (ROOT / name).is_file()]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """`@pytest.mark.needs_soffice`: skipped aloud where the office is missing."""
    if item.get_closest_marker("needs_soffice") and shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed: NO RENDERED PAGE WAS LOOKED AT")


def pytest_collection_finish() -> None:
    """Workbooks are many small objects: the collector looks less often, and never again at what was imported."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)
