"""Running tesseract over the pictures of one file. In the parsing process, whose limits on memory hold for it, too."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from typing import Final

from quoth.parsing.ocr import OFF, Ocr
from quoth.parsing.ocr_layout import PicturePage, read_tsv

PAGE_LIMIT_S: Final = 60.0


class OcrFailedError(Exception):
    """Tesseract could not read a picture."""


class OcrRun:
    """`announce` is told, before each picture, how many seconds reading it may take."""

    def __init__(self, ocr: Ocr = OFF, announce: Callable[[float], None] = lambda _: None) -> None:
        self.settings = ocr
        self._announce = announce
        self._deadline = time.monotonic() + ocr.time_limit_s

    @property
    def is_on(self) -> bool:
        return bool(self.settings.program)

    @property
    def has_time(self) -> bool:
        return time.monotonic() < self._deadline

    def read(self, picture: bytes, dpi: int | None = None) -> tuple[PicturePage, ...]:
        """The pages of a picture, drawn at `dpi`; None for a whole file, which may hold many pages.

        Raises OcrFailedError, and TimeoutError.
        """
        left_s = max(1.0, self._deadline - time.monotonic())
        limit_s = min(PAGE_LIMIT_S, left_s) if dpi else left_s
        self._announce(limit_s)
        try:  # never by the file's name: tesseract fetches what looks like an address
            done = subprocess.run(  # noqa: S603  found on PATH by name; our own words
                self._command(dpi), input=picture, capture_output=True, timeout=limit_s, check=True
            )
        except subprocess.TimeoutExpired as error:
            raise TimeoutError from error
        except (OSError, subprocess.CalledProcessError) as error:
            raise OcrFailedError from error
        return read_tsv(done.stdout.decode("utf-8", "replace"))

    def _command(self, dpi: int | None) -> list[str]:
        segmentation = "1" if self.settings.tells_orientation else "3"
        resolution = ["--dpi", str(dpi)] if dpi else []
        words = ["stdin", "stdout", "--psm", segmentation, *resolution, "-l", self.settings.languages, "tsv"]
        return [self.settings.program, *words]
