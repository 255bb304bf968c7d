"""The index of words: a snapshot nobody changes, and private copies."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.words import DamagedWordsError, WordIndex

ROWS = [
    (1, "a", ("red", "green", "blue")),
    (2, "a", ("red", "red", "red")),
    (3, "b", ("red", "yellow", "pink", "black", "white")),
    (4, "c", ("grey",)),
]


def filled(rows: Sequence[tuple[int, str, Sequence[str]]] = ROWS) -> WordIndex:
    index = WordIndex.empty()
    index.update((), rows)
    return index


def score_by_hand(token: str, row: tuple[int, str, Sequence[str]]) -> float:
    """BM25 with k1 = 1.2 and b = 0.75, after Robertson and Zaragoza 2009."""
    holders = sum(token in tokens for _, _, tokens in ROWS)
    average = sum(len(tokens) for _, _, tokens in ROWS) / len(ROWS)
    frequency = Counter(row[2])[token]
    idf = log(1 + (len(ROWS) - holders + 0.5) / (holders + 0.5))
    return idf * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * len(row[2]) / average))


def test_scores_are_bm25() -> None:
    for token in ("red", "grey"):
        found = dict(filled().search([token], 10))
        assert found == pytest.approx({row[0]: score_by_hand(token, row) for row in ROWS if token in row[2]}, rel=1e-4)


def test_a_passage_is_found_by_any_of_the_tokens_and_each_counts_once() -> None:
    index = filled()
    assert [number for number, _ in index.search(["yellow", "grey", "unheard"], 10)] == [4, 3]
    assert index.search(["red", "red", "pink", "red"], 10) == index.search(["red", "pink"], 10)


def test_a_filter_keeps_scores_and_lets_no_other_document_through() -> None:
    index = filled()
    everywhere = dict(index.search(["red", "grey"], 10))
    assert dict(index.search(["red", "grey"], 10, ["b", "c", "nowhere"])) == pytest.approx(
        {number: everywhere[number] for number in (3, 4)}
    )
    assert index.search(["red"], 10, ["c"]) == []
    assert index.search(["red"], 10, []) == []


def test_only_allowed_ids_are_found_and_no_barred_ones() -> None:
    index = filled()
    everywhere = dict(index.search(["red", "grey"], 10))
    assert set(everywhere) > {3, 4}
    assert dict(index.search(["red", "grey"], 10, None, [3, 4, 999])) == pytest.approx(
        {n: everywhere[n] for n in (3, 4)}
    )
    assert {number for number, _ in index.search(["red", "grey"], 10, None, None, [3, 999])} == set(everywhere) - {3}
    assert index.search(["red"], 10, None, []) == []
    assert set(index.holding("red")) == dict(index.search(["red"], 10)).keys()
    assert index.frequency("red") == len(index.holding("red"))
    assert (index.frequency("unheard"), index.holding("unheard")) == (0, [])


def test_many_documents_can_be_allowed() -> None:
    index = filled([(number, f"document{number}", ("red",)) for number in range(3000)])
    allowed = [f"document{number}" for number in range(0, 3000, 2)]
    assert {number for number, _ in index.search(["red"], 3000, allowed)} == set(range(0, 3000, 2))


def test_ties_go_by_id_even_at_the_cut() -> None:
    index = filled([(number, "a", ("red", f"other{number}")) for number in reversed(range(500))])
    index.update((), [(1000 + number, "a", ("red", "other")) for number in range(50)])
    assert [number for number, _ in index.search(["red"], 4)] == [0, 1, 2, 3]


def test_nothing_asked_is_nothing_found() -> None:
    assert filled().search([], 10) == []
    assert filled().search(["red"], 0) == []
    assert WordIndex.empty().search(["red"], 10) == []


def test_an_id_that_is_added_again_is_replaced() -> None:
    index = filled()
    index.update((), [(1, "z", ("violet",)), (2, "a", ROWS[1][2])])
    assert len(index) == 4
    assert [number for number, _ in index.search(["green", "violet"], 10)] == [1]
    assert [number for number, _ in index.search(["violet"], 10, ["z"])] == [1]


def test_removed_ids_are_gone_and_unknown_ones_do_not_matter() -> None:
    index = filled()
    index.update([2, 99], ())
    index.update([2], ())
    assert len(index) == 3
    assert {number for number, _ in index.search(["red"], 10)} == {1, 3}


def test_a_saved_index_comes_back_with_its_stamp(tmp_path: Path) -> None:
    index = filled()
    index.save(tmp_path / "words", "generation 7")
    loaded = WordIndex.load(tmp_path / "words")
    assert loaded.stamp == "generation 7"
    assert loaded.search(["red", "pink"], 10) == index.search(["red", "pink"], 10)


def test_who_changes_a_loaded_index_changes_a_copy(tmp_path: Path) -> None:
    filled().save(tmp_path / "words", "one")
    reader, writer = WordIndex.load(tmp_path / "words"), WordIndex.load(tmp_path / "words")
    writer.update([1, 2, 3], [(9, "n", ("red",))])
    assert [number for number, _ in writer.search(["red"], 10)] == [9]
    assert len(reader.search(["red"], 10)) == len(WordIndex.load(tmp_path / "words").search(["red"], 10)) == 3
    writer.save(tmp_path / "words", "two")
    assert len(reader.search(["red"], 10)) == 3  # its snapshot was removed under it
    assert WordIndex.load(tmp_path / "words").stamp == "two"
    assert len(list((tmp_path / "words").iterdir())) == 1


def test_private_copies_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    index = filled()
    assert len(list(tmp_path.iterdir())) == 1
    del index
    assert list(tmp_path.iterdir()) == []


def test_no_snapshot_is_told(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    for folder in (tmp_path / "words", tmp_path / "missing"):
        with pytest.raises(DamagedWordsError):
            WordIndex.load(folder)


def test_a_snapshot_of_another_format_is_told(tmp_path: Path) -> None:
    filled().save(tmp_path)
    (path,) = tmp_path.glob("*/manifest.json")
    manifest = json.loads(path.read_bytes())
    path.write_text(json.dumps(manifest | {"format": "0, tantivy v0.1"}), encoding="utf-8")
    with pytest.raises(DamagedWordsError, match="format"):
        WordIndex.load(tmp_path)


def test_every_flipped_bit_is_told(tmp_path: Path) -> None:
    filled().save(tmp_path)
    for path in tmp_path.glob("*/*"):
        content = path.read_bytes()
        for position in range(0, len(content), max(1, len(content) // 5)):
            damaged = bytearray(content)
            damaged[position] ^= 1
            path.write_bytes(damaged)
            with pytest.raises(DamagedWordsError):
                WordIndex.load(tmp_path)
        path.write_bytes(content)
    assert len(WordIndex.load(tmp_path)) == 4


@settings(deadline=None, max_examples=25)
@given(
    tokens=st.lists(st.lists(st.text(max_size=6), max_size=4), min_size=1, max_size=5),
    asked=st.lists(st.text(max_size=6), max_size=3),
)
def test_any_token_is_matched_as_it_is(tokens: list[list[str]], asked: list[str]) -> None:
    index = filled([(number, "a", own) for number, own in enumerate(tokens)])
    for question in (asked, tokens[0]):
        expected = {number for number, own in enumerate(tokens) if set(own) & set(question)}
        assert {number for number, _ in index.search(question, 10)} == expected
