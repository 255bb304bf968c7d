from __future__ import annotations

from pathlib import Path

import pytest

from quoth.parsing import parse_file
from quoth.records import Parsed, State

from .fuzz import describe, fuzz
from .samples import SAMPLES


def test_a_run_tries_every_sample_and_tells_how_its_files_ended(tmp_path: Path) -> None:
    samples = [sample for sample in SAMPLES if sample.name in {"notes.txt", "letter.docx"}]
    counts = fuzz(samples, parse_file, tmp_path, seconds=0)
    assert set(counts) == {"notes.txt", "letter.docx"}
    assert all(found.total() >= 50 and len(found) > 1 for found in counts.values())
    assert counts["notes.txt"][State.READ]
    assert counts["letter.docx"][State.DAMAGED]
    assert len(describe(counts)) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_ends_wrongly_is_kept(tmp_path: Path) -> None:
    def misread(path: Path, _: str) -> Parsed:
        return Parsed("txt", text="no reason is given", state=State.PARTLY_READ)

    with pytest.raises(AssertionError):
        fuzz(SAMPLES[:1], misread, tmp_path, seconds=0)
    assert (tmp_path / SAMPLES[0].name).exists()
