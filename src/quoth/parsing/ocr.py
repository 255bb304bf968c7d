"""Whether words can be read from pictures here, and how: by the tesseract on PATH, where the settings ask for it."""

from __future__ import annotations

import json
import shutil
import subprocess
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

_LOOK_LIMIT_S: Final = 10.0
_ORIENTATION: Final = "osd"
"""The language pack by which tesseract tells how a page is turned."""


@dataclass(frozen=True, slots=True)
class Ocr:
    """What reads pictures. Nothing does when `program` is ""; `remedy` is what would change that."""

    program: str = ""
    version: str = ""
    languages: str = ""
    """As tesseract takes them: "eng+deu"."""
    tells_orientation: bool = False
    time_limit_s: float = 0.0
    """For all pictures of one file."""
    remedy: str = "install tesseract and set ocr = true in quoth.toml"

    @property
    def fingerprint(self) -> int:
        """Of what decides which words are read, or what is said when none are; 0 while it is off."""
        return 0 if self == OFF else zlib.crc32(dump_ocr(self).encode())


OFF: Final = Ocr()


def find_ocr(languages: Sequence[str], time_limit_s: float) -> Ocr:
    """Looks for tesseract and its language packs."""
    program = shutil.which("tesseract")
    if program is None:
        return Ocr(remedy="install tesseract")
    lines = _ask(program, "--version")
    known = _ask(program, "--list-langs")[1:]
    missing = [language for language in languages if language not in known]
    if not lines or not known:
        return Ocr(remedy=f"install tesseract anew: {program} does not work")
    if missing:
        named = ", ".join(missing)
        return Ocr(remedy=f"install the language packs of tesseract that ocr_languages names: {named}")
    return Ocr(program, lines[0], "+".join(languages), _ORIENTATION in known, time_limit_s, remedy="")


def say_ocr(ocr: Ocr) -> str:
    """What reads pictures, or what would change that."""
    if ocr.program:
        return f"{ocr.version} ({ocr.languages})"
    if ocr == OFF and shutil.which("tesseract"):
        return "off; tesseract is installed: set ocr = true in quoth.toml"
    return f"off; {ocr.remedy}"


def dump_ocr(ocr: Ocr) -> str:
    return json.dumps(asdict(ocr))


def load_ocr(content: str) -> Ocr:
    return Ocr(**json.loads(content))


def _ask(program: str, option: str) -> list[str]:
    """The lines it prints; none when it fails."""
    try:
        done = subprocess.run(  # noqa: S603  found on PATH by name; our own words
            [program, option], stdin=subprocess.DEVNULL, capture_output=True, timeout=_LOOK_LIMIT_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return []
    # Which of the two streams it prints to differs between its versions.
    return (done.stdout or done.stderr).decode("utf-8", "replace").split("\n")
