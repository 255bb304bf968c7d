"""What holds for every format alike: no word is lost or invented, and broken files end in a state."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parsing.breaking import broken
from tests.parsing.checks import assert_sound, parse_bytes
from tests.parsing.samples import SAMPLES, Sample

from quoth.documents import read_document
from quoth.parsing import PARSERS, parse_file
from quoth.records import State

by_format = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
WORD = re.compile(r"\w+")


def test_every_format_has_a_sample() -> None:
    readers = {PARSERS[sample.name.rpartition(".")[2]] for sample in SAMPLES}
    assert readers == set(PARSERS.values())


@by_format
def test_its_words_are_those_that_were_put_in(sample: Sample, tmp_path: Path) -> None:
    parsed = parse_bytes(tmp_path, sample.name, sample.content)
    assert parsed.state is State.READ
    assert WORD.findall(parsed.text) == WORD.findall(sample.words)


@by_format
def test_a_file_is_read_the_same_twice(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / sample.name).write_bytes(sample.content)
    first, second = (read_document(tmp_path, sample.name, parse_file) for _ in range(2))
    assert first == second
    assert first.document.info.kind


@by_format
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_file_that_was_cut_or_altered_ends_in_a_state(sample: Sample, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / sample.name
        path.write_bytes(data.draw(broken(sample.content)))
        assert_sound(parse_file(path, sample.name))
