"""A run of the benchmarks reads what it is given and writes down what it measured."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from benchmarks.__main__ import main
from benchmarks.documents import gain
from benchmarks.machine import Stamp, peak_memory_bytes
from benchmarks.made_texts import make_text, write_files
from benchmarks.memory import disk_rows, in_fresh_process
from benchmarks.results import Row, Table, from_json, merge, show, stamp_rows, to_json, to_markdown
from benchmarks.sets import MissingDataError, load_set, read_questions, read_texts, sample
from benchmarks.timing import alternate, take_turns
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from quoth.evaluate.intervals import Interval
from quoth.evaluate.scoring import (
    Place,
)
from quoth.records import Span

STAMP = Stamp("2024-01-02", "python -m benchmarks", "abc1234", "a CPU", "Python 3", "0.5")


def place(start: int, end: int, source: str = "a.txt") -> Place:
    return Place(source, Span(start, end))


class TestSets:
    def test_each_answer_stands_in_the_document_that_is_named_for_it(self) -> None:
        line = json.dumps(
            {
                "id": 5,
                "question": "Which?",
                "doc": ["a.txt", "b.txt"],
                "spans": [[1, 2], [3, 9]],
                "span_docs": ["b.txt", "a.txt"],
                "answerable": True,
            }
        )
        (question,) = read_questions([line])
        assert question.sources == ("a.txt", "b.txt")
        assert question.golds == (place(1, 2, "b.txt"), place(3, 9, "a.txt"))

    def test_documents_that_were_judged_have_grades(self) -> None:
        lines = [json.dumps({"id": 1, "question": "?", "relevant": judged}) for judged in ({"a.txt": 3}, ["a.txt"], [])]
        assert [question.relevant for question in read_questions(lines)] == [{"a.txt": 3}, {"a.txt": 1}, {}]

    def test_the_gain_of_an_order_is_what_the_definition_says(self) -> None:
        judged = {"a.txt": 2, "b.txt": 1}
        assert gain([2, 1], judged) == pytest.approx(1.0)
        assert gain([0, 2], judged) == pytest.approx((3 / math.log2(3)) / (3 + 1 / math.log2(3)))
        assert gain([], judged) == gain([0] * 10 + [2], judged) == 0.0

    def test_a_question_without_an_answer_has_no_place(self, tmp_path: Path) -> None:
        write_set(tmp_path)
        questions = load_set(tmp_path, "tiny")
        assert [question.text for question in questions.answerable] == ["Where?"]
        assert [question.text for question in questions.unanswerable] == ["Why?"]

    def test_line_ends_are_kept_so_that_offsets_hold(self, tmp_path: Path) -> None:
        write_set(tmp_path)
        questions = load_set(tmp_path, "tiny")
        (gold,) = questions.answerable[0].golds
        assert gold.span.of(read_texts(questions.documents)[gold.source]) == "over there"

    def test_a_missing_set_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(MissingDataError, match="tiny"):
            load_set(tmp_path, "tiny")

    def test_a_sample_is_the_same_every_time_and_in_order(self) -> None:
        first = sample(range(100), 10)
        assert first == sample(range(100), 10)
        assert list(first) == sorted(set(first))
        assert sample(range(3), 10) == (0, 1, 2)
        assert sample(range(3), None) == (0, 1, 2)


def write_set(data: Path) -> None:
    folder = data / "tiny"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "a.txt").write_bytes(b"One.\r\nIt is over there.")
    (folder / "META.json").write_text('{"language": "en"}')
    questions = [
        {"id": "1", "question": "Where?", "doc": "a.txt", "spans": [[12, 22]], "answerable": True},
        {"id": "2", "question": "Why?", "doc": "a.txt", "spans": [], "answerable": False},
    ]
    (folder / "questions.jsonl").write_text("".join(json.dumps(question) + "\n" for question in questions))


class TestResults:
    def test_rows_that_are_measured_again_replace_the_old_ones_and_others_stay(self) -> None:
        kept = (Table("Quality", "old", (Row("a", {"hit": 0.1}), Row("b", {"hit": 0.2}))), Table("Speed", "", ()))
        merged = merge(kept, [Table("Quality", "new", (Row("b", {"hit": 0.3}), Row("c", {"hit": 0.4})))])
        assert merged == (
            Table("Quality", "new", (Row("a", {"hit": 0.1}), Row("b", {"hit": 0.3}), Row("c", {"hit": 0.4}))),
            Table("Speed", "", ()),
        )

    def test_results_read_back_are_those_written(self) -> None:
        row = Row("squad", {"questions": 2910, "hit@1": Interval(0.8, 0.79, 0.81), "range": "1-2"}, STAMP)
        tables = (Table("Quality", "Note.", (row, Row("bare", {"s": 0.5}))),)
        assert from_json(to_json(tables)) == tables

    def test_a_row_shows_its_figures_and_where_they_come_from(self) -> None:
        table = Table("Quality", "Note.", (Row("squad", {"questions": 2910, "hit@1": Interval(0.8, 0.79, 0.81)}),))
        text = to_markdown([stamp_rows(table, STAMP)])
        assert "| squad | 2,910 | 0.800 (0.790-0.810) |" in text
        assert "`python -m benchmarks`, 2024-01-02, commit abc1234; a CPU" in text

    def test_numbers_have_as_many_digits_as_mean_something(self) -> None:
        assert [show(number) for number in (0.1234, 2.345, 45.67, 12345.6, 12345)] == [
            "0.123",
            "2.35",
            "45.7",
            "12,346",
            "12,345",
        ]


class TestTiming:
    def test_calls_take_turns_in_beginning(self) -> None:
        called: list[str] = []
        times = alternate((lambda: called.append("a"), lambda: called.append("b")), rounds=3)
        assert called == ["a", "b", "b", "a", "a", "b"]
        assert [len(of_one) for of_one in times] == [3, 3]

    @given(st.integers(1, 9), st.integers(0, 99))
    def test_everybody_gets_one_turn_in_each_round(self, count: int, number: int) -> None:
        assert sorted(take_turns(count, number)) == list(range(count))


class TestMemory:
    def test_a_fresh_process_does_not_start_with_the_size_of_its_parent(self) -> None:
        held = bytearray(500_000_000)
        held[::4096] = b"x" * len(held[::4096])
        assert peak_memory_bytes() > 500_000_000
        assert 5_000_000 < in_fresh_process(peak_memory_bytes) < 400_000_000

    def test_room_on_disk_is_counted_by_part_and_in_all(self, tmp_path: Path) -> None:
        (tmp_path / "index-1" / "words").mkdir(parents=True)
        (tmp_path / "index-1" / "passages.sqlite").write_bytes(b"x" * 600)
        (tmp_path / "index-1" / "words" / "a").write_bytes(b"x" * 100)
        (tmp_path / "index-1" / "words" / "b").write_bytes(b"x" * 292)
        (tmp_path / "CURRENT").write_bytes(b"index-1\n")
        rows = [(row.name, row.cells) for row in disk_rows(tmp_path, passages=10)]
        assert rows == [
            ("passages.sqlite", {"bytes": 600, "bytes per passage": 60.0}),
            ("words/", {"bytes": 392, "bytes per passage": 39.2}),
            ("all", {"bytes": 1000, "bytes per passage": 100.0}),
        ]


class TestMadeTexts:
    def test_equal_seeds_make_equal_texts_and_others_do_not(self) -> None:
        assert make_text(3, seed=1) == make_text(3, seed=1)
        assert make_text(3, seed=1) != make_text(3, seed=2)
        assert make_text(3, seed=1).count(".") == 3

    def test_no_two_files_are_alike(self, tmp_path: Path) -> None:
        write_files(tmp_path, count=50, sentences=2)
        assert len({path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}) == 50


class TestCommand:
    def test_missing_data_is_said_and_kept_results_stay(self, tmp_path: Path) -> None:
        kept = Table("Quality", "Note.", (Row("squad2_dev", {"hit@1": 0.5}, STAMP),))
        (tmp_path / "results.json").write_text(to_json([kept]), encoding="utf-8")
        run = CliRunner().invoke(main, ["quality", "--data", str(tmp_path / "none"), "--output", str(tmp_path)])
        assert run.exit_code == 1
        assert "not measured: the set squad2_dev is missing" in run.stderr
        assert from_json((tmp_path / "results.json").read_text(encoding="utf-8")) == (kept,)
