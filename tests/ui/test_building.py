from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from quoth.library import Library
from quoth.settings import Settings
from quoth.testing import HashEmbedder
from quoth.ui.building import Builder
from quoth.ui.keeping_html import render_building


class Broken(Library):
    def build(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("secret detail")


def test_what_nobody_foresaw_goes_to_the_log_and_not_to_the_page(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Broken(tmp_path / "index", Settings(folder=str(tmp_path)), HashEmbedder()) as library:
        builder = Builder(library)
        builder.start()
        until = time.monotonic() + 20
        while builder.state.is_running and time.monotonic() < until:
            time.sleep(0.01)
        shown = render_building(builder.state)
        builder.stop()
    assert "the log of the server says why" in shown
    assert "secret detail" not in shown
    assert "secret detail" in caplog.text
