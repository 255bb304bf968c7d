"""What peers are asked, how their replies are scored, and how the table is kept: all without the peers."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.machine import Stamp
from benchmarks.peers import workers
from benchmarks.peers.__main__ import main
from benchmarks.peers.environment import CONSTRAINTS, REQUIREMENTS, SHARED, shared_constraints
from benchmarks.peers.measuring import measure_set
from benchmarks.peers.report import NOTE, TITLE, is_measured, read_table, with_set, write_table
from benchmarks.peers.running import plan, run, without_measured
from benchmarks.peers.systems import WORKERS, Indexed, Peer, Quoth, Reply, System
from benchmarks.peers.worker import Worker, WorkerError
from benchmarks.results import Cell, Table
from benchmarks.sets import Question, QuestionSet
from click.testing import CliRunner

from quoth.evaluate.intervals import Interval
from quoth.evaluate.scoring import Outcome, Place
from quoth.records import Span
from quoth.testing import HashEmbedder

LINE_WORKER = str(Path(__file__).with_name("line_worker.py"))
STAMP = Stamp("2024-01-02", "python -m benchmarks.peers", "abc1234", "a CPU", "Python 3", "0.5")
BEES = "Über bees.\r\nHoney is made by bees in summer.\r\nThe hive is warm.\r\n"
SHIPS = "Ships are warm in summer.\nA keel is laid first.\n"


def worker(manner: str = "honest") -> Worker:
    return Worker([sys.executable, LINE_WORKER, manner])


def question(text: str, source: str, start: int, end: int) -> Question:
    return Question(text, text, (source,), (Place(source, Span(start, end)),), True)


ASKED = (
    question("who makes honey in summer", "bees.txt", 12, 17),
    question("is it warm", "bees.txt", 50, 54),
)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "bees.txt").write_bytes(BEES.encode())
    (folder / "ships.txt").write_bytes(SHIPS.encode())
    return folder


@pytest.fixture
def talk() -> Iterator[Worker]:
    one = worker()
    yield one
    one.close()


class TestTalk:
    def test_a_worker_says_what_it_is_and_names_places_in_the_files_as_they_are(
        self, talk: Worker, documents: Path
    ) -> None:
        assert talk.versions == f"pytest {pytest.__version__}"
        assert talk.request(do="index", folder=str(documents), is_scoped=False)["passages"] == 5
        reply = talk.request(do="ask", question="Honey in summer", source=None, k=2)
        assert reply["passages"] == [
            ["bees.txt", 12, 44, "Honey is made by bees in summer."],
            ["ships.txt", 0, 25, "Ships are warm in summer."],
        ]
        assert 0 < reply["seconds"] < 1

    def test_what_a_library_prints_does_not_get_into_the_talk(self, documents: Path) -> None:
        noisy = worker("noisy")
        reply = noisy.request(do="index", folder=str(documents), is_scoped=False)
        noisy.close()
        assert reply["passages"] == 5

    def test_an_error_is_told_and_the_next_request_is_answered(self, talk: Worker, documents: Path) -> None:
        talk.request(do="index", folder=str(documents), is_scoped=False)
        with pytest.raises(WorkerError, match="LookupError: no such word"):
            talk.request(do="ask", question="broken", source=None, k=2)
        assert len(talk.request(do="ask", question="warm", source=None, k=2)["passages"]) == 2

    def test_the_last_words_of_a_worker_that_ends_are_told(self, documents: Path) -> None:
        dying = worker("dying")
        dying.request(do="index", folder=str(documents), is_scoped=False)
        with pytest.raises(WorkerError, match="ended early: out of memory"):
            dying.request(do="ask", question="warm", source=None, k=2)
        with pytest.raises(WorkerError, match="ended early: out of memory"):
            dying.request(do="ask", question="warm", source=None, k=2)
        dying.close()

    def test_a_worker_that_does_not_start_says_why(self) -> None:
        with pytest.raises(WorkerError, match="No module named 'no_such_peer'"):
            Worker([sys.executable, "-c", "import no_such_peer"])


class TestMeasuring:
    def test_the_row_of_a_peer_is_what_counting_by_hand_gives(self, documents: Path) -> None:
        peer = Peer(worker())
        cells = measure_set({"Lines": peer}, QuestionSet("tiny", documents, "en", ASKED), ASKED, print)["Lines"]
        peer.close()
        # "is it warm" finds "Honey is made" before "The hive is warm.", for both hold "is" and the period hides "warm".
        values = {name: cell.value for name, cell in cells.items() if isinstance(cell, Interval)}
        assert values == {
            "hit@1": 0.5,
            "hit@3": 1.0,
            "hit@5": 1.0,
            "MRR@10": 0.75,
            "R@500": 1.0,
            "R@1000": 1.0,
            "R@2000": 1.0,
        }
        assert cells["questions"] == 2
        assert cells["passages"] == 5
        assert cells["characters shown"] == pytest.approx((10 + 32 + 17 + 25 + 21) / 5)

    def test_a_question_of_a_scoped_set_is_asked_of_its_own_document(self, documents: Path) -> None:
        asked = question("summer honey bees", "ships.txt", 0, 5)
        peer = Peer(worker())
        peer.index(QuestionSet("tiny", documents, "en", (asked,), is_scoped=True))
        reply = peer.ask(asked)
        peer.close()
        assert reply.outcome == Outcome(1, 25)
        assert reply.lengths == (25, 21)

    def test_a_peer_whose_passages_are_no_slices_gets_no_row(
        self, documents: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        systems: dict[str, System] = {"Shifted": Peer(worker("shifted")), "Lines": Peer(worker())}
        measured = measure_set(systems, QuestionSet("tiny", documents, "en", ASKED), ASKED, print)
        for system in systems.values():
            system.close()
        assert list(measured) == ["Lines"]
        assert (
            "Shifted is left out: bees.txt 13-45 is not 'Honey is made by bees in summer.'" in capsys.readouterr().out
        )

    def test_quoth_is_asked_as_the_others_are(self, documents: Path, tmp_path: Path) -> None:
        quoth = Quoth(tmp_path / "indexes", HashEmbedder())
        for is_scoped in (False, True):
            questions = QuestionSet(f"scoped {is_scoped}", documents, "en", ASKED, is_scoped)
            indexed = quoth.index(questions)
            reply = quoth.ask(ASKED[0])
            assert indexed.passages >= 2
            assert indexed.seconds > 0
            assert reply.outcome.rank == 1
            assert reply.outcome.characters == reply.lengths[0]
        quoth.close()

    def test_each_system_begins_as_often_as_the_others(self, documents: Path) -> None:
        order: list[str] = []
        systems = {name: Recording(name, order) for name in ("a", "b", "c")}
        measure_set(systems, QuestionSet("tiny", documents, "en", ASKED), ASKED * 2, print)
        assert order == ["a", "b", "c", "b", "c", "a", "c", "a", "b", "a", "b", "c"]


class Recording:
    """A `System` that writes down when it is asked."""

    def __init__(self, name: str, order: list[str]) -> None:
        self.versions = f"{name} 1.0"
        self._name = name
        self._order = order
        self.is_closed = False

    def index(self, questions: QuestionSet) -> Indexed:
        return Indexed(len(questions.name), 2.5)

    def ask(self, question: Question) -> Reply:
        self._order.append(self._name)
        return Reply(Outcome(1, len(question.text)), (len(question.text),), 0.25)

    def close(self) -> None:
        self.is_closed = True


class TestTable:
    def test_new_rows_take_the_place_of_old_ones_in_the_order_of_sets_and_systems(self) -> None:
        table = with_set(Table(TITLE, NOTE, ()), "xquad_en", {"txtai": {"questions": 1}}, STAMP)
        table = with_set(table, "xquad_en", {"Quoth": {"questions": 1}, "txtai": {"questions": 2}}, STAMP)
        table = with_set(table, "squad2_dev", {"Haystack": {"questions": 3}}, STAMP)
        assert [(row.name, row.cells["questions"]) for row in table.rows] == [
            ("squad2_dev: Haystack", 3),
            ("xquad_en: Quoth", 1),
            ("xquad_en: txtai", 2),
        ]

    def test_a_quick_look_does_not_stand_for_all_questions(self) -> None:
        table = with_set(Table(TITLE, NOTE, ()), "xquad_en", {"txtai": {"questions": 100}}, STAMP)
        assert is_measured(table, "xquad_en", "txtai", 100)
        assert not is_measured(table, "xquad_en", "txtai", 352)
        assert not is_measured(table, "xquad_en", "Quoth", 100)
        assert not is_measured(table, "xquad_es", "txtai", 100)

    def test_what_is_written_is_read_back_and_shown(self, tmp_path: Path) -> None:
        cells: dict[str, dict[str, Cell]] = {
            "Quoth": {"questions": 352, "hit@1": Interval(0.8, 0.75, 0.85), "ms a question": 34.5}
        }
        table = with_set(Table(TITLE, NOTE, ()), "xquad_en", cells, STAMP)
        write_table(tmp_path, table)
        assert read_table(tmp_path) == table
        assert "| xquad_en: Quoth | 352 | 0.800 (0.750-0.850) | 34.5 |" in (tmp_path / "peers.md").read_text()


class TestRun:
    def test_a_second_run_measures_only_what_is_new(self, data: Path, tmp_path: Path) -> None:
        order: list[str] = []
        jobs = plan(data, ["tiny"], ["a", "b"], None, print)
        run(jobs[:1], lambda name: Recording(name, order), tmp_path, "first", print)
        assert sorted(order) == ["a", "a", "b", "b"]
        (left,) = without_measured(plan(data, ["tiny"], ["a", "c"], None, print), read_table(tmp_path))
        assert left.systems == ("c",)
        assert without_measured(jobs, read_table(tmp_path)) == ()

    def test_rows_say_which_releases_were_measured_and_everything_is_closed(self, data: Path, tmp_path: Path) -> None:
        opened: list[Recording] = []

        def open_system(name: str) -> System:
            if name == "c":
                raise WorkerError("no such module")
            opened.append(Recording(name, []))
            return opened[-1]

        run(plan(data, ["tiny"], ["a", "b", "c"], 1, print), open_system, tmp_path, "first", print)
        first, second = read_table(tmp_path).rows
        assert (first.name, second.name) == ("tiny: a", "tiny: b")
        assert first.cells["questions"] == 1
        assert first.stamp is not None
        assert first.stamp.command == "first"
        assert first.stamp.versions.endswith("a 1.0, b 1.0")
        assert [system.is_closed for system in opened] == [True, True]

    def test_a_missing_set_is_named_and_the_others_are_planned(
        self, data: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert [job.questions.name for job in plan(data, ["none", "tiny"], ["a"], None, print)] == ["tiny"]
        assert "not measured: the set none is missing" in capsys.readouterr().out

    def test_nothing_to_measure_and_unknown_systems_are_errors(self, tmp_path: Path) -> None:
        arguments = ["--data", str(tmp_path), "--output", str(tmp_path)]
        nothing = CliRunner().invoke(main, [*arguments, "--sets", "tiny"])
        assert nothing.exit_code == 1
        assert "the set tiny is missing" in nothing.stderr
        unknown = CliRunner().invoke(main, [*arguments, "--systems", "quoth,elastic"])
        assert unknown.exit_code == 2
        assert (
            "unknown: elastic; there are Quoth, LangChain, LangChain ensemble, Haystack, txtai, txtai sentences"
            in unknown.stderr
        )


@pytest.fixture
def data(tmp_path: Path, documents: Path) -> Path:
    folder = tmp_path / "data" / "tiny"
    folder.mkdir(parents=True)
    documents.rename(folder / "docs")
    (folder / "META.json").write_text('{"language": "en"}')
    lines = [
        json.dumps({"id": str(number), "question": asked.text, "doc": "bees.txt", "spans": [[12, 17]]})
        for number, asked in enumerate(ASKED)
    ]
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n")
    return folder.parent


class TestEnvironment:
    def test_workers_import_nothing_of_quoth(self) -> None:
        folder = Path(workers.__path__[0])
        imported = {
            node.module
            for path in folder.glob("*.py")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module
        }
        ours = {name for name in imported if name.split(".")[0] in ("quoth", "benchmarks", "tests")}
        assert "benchmarks.peers.workers.serving" in ours
        assert all(name.startswith("benchmarks.peers.workers.") for name in ours)

    def test_every_peer_has_its_worker(self) -> None:
        names = {path.stem for path in Path(workers.__path__[0]).glob("*.py")}
        assert names == {"__init__", "serving", *WORKERS.values()}

    def test_every_requirement_is_pinned_here_or_with_what_quoth_runs_with(self) -> None:
        required = [line for line in REQUIREMENTS.read_text().splitlines() if not line.startswith("#")]
        pinned = {line.partition("==")[0] for line in required if "==" in line}
        shared = {line.partition("==")[0] for line in shared_constraints(CONSTRAINTS.read_text()).splitlines()}
        assert shared == set(SHARED)
        assert {line for line in required if "==" not in line} <= shared
        assert not pinned & shared
        assert {"langchain-community", "haystack-ai", "txtai"} <= pinned
