"""What a measurement was made on."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_VERSIONS_OF = ("quoth", "sentence-transformers", "torch", "faiss-cpu", "tantivy", "numpy")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Written beside every row of the results."""

    date: str
    command: str
    commit: str
    machine: str
    versions: str
    load: str
    """Processes that wanted a core in the minute before; above the number of cores, times are too long."""


def make_stamp(command: str) -> Stamp:
    return Stamp(
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        command=command,
        commit=_commit(),
        machine=describe_machine(),
        versions=", ".join(
            [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in _VERSIONS_OF)]
        ),
        load=f"{os.getloadavg()[0]:.1f}",
    )


def describe_machine() -> str:
    """CPU, cores that may be used, bfloat16 and system, on one line."""
    from quoth.embed import has_bfloat16

    flag = "bfloat16" if has_bfloat16() else "no bfloat16"
    return f"{_cpu()}, {count_cores()} cores, {flag}, {platform.system()} {platform.machine()}"


def count_cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def peak_memory_bytes(process: int | None = None) -> int:
    """Most memory that a process, this one by default, has held at once (resident set)."""
    status = Path(f"/proc/{process or 'self'}/status")
    if status.exists():  # ru_maxrss begins at the size of the process that started this one
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    import resource

    if process:
        raise OSError("only Linux tells how much memory another process has held")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS


def _cpu() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    if sys.platform == "darwin":
        return subprocess.run(
            ["sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True, check=False
        ).stdout.strip()
    return platform.processor() or "unknown CPU"


def _commit() -> str:
    """Short hash of the checkout, "+" behind it when tracked files were changed since."""
    git = ["git", "-C", str(Path(__file__).parent)]
    head = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    if head.returncode:
        return "unknown"
    changed = subprocess.run([*git, "diff", "--quiet", "HEAD", "--", "../src"], check=False).returncode
    return head.stdout.strip() + ("+" if changed else "")
