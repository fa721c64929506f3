"""Whether a worker of this machine is still there: known at once, where a silent one elsewhere must be waited for."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from assistant.records.workers import Worker


def place() -> str:
    """The running system that process numbers belong to: this boot, this container. "" where that cannot be told."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{socket.gethostname()} {boot} {Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def born(pid: int) -> str:
    """When the process of that number began, in ticks since the boot; "" if there is none, or it cannot be told."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if words[0] in "ZX" else words[19]


def surely_dead(worker: Worker, here: str) -> bool:
    """Whether the worker belonged to this machine and its process is gone; its number may have gone to another since."""
    return bool(here) and worker.place == here and born(worker.pid) != worker.born


def myself() -> tuple[str, str, int, str]:
    """Host, place, process number, and when it began."""
    pid = os.getpid()
    return socket.gethostname(), place(), pid, born(pid)
