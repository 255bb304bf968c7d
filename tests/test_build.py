from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from quoth.build import IN_PROGRESS, Plan, build, compare
from quoth.errors import SourceError
from quoth.parsing import parse_file, scan
from quoth.protocols import Embedding
from quoth.records import BuildReport, Ignored, Parsed, Progress, Skipped, State
from quoth.testing import HashEmbedder, MemoryStore

LETTER = "Anna wrote from Lisbon in March. She had sold the house. Nobody answered her."
REPLY = "Bruno replied in June. He was ill by then. The house was gone."


class CountingEmbedder(HashEmbedder):
    """Knows how many texts went through the model."""

    embedded = 0

    def embed_documents(self, texts: Sequence[str]) -> list[Embedding]:
        self.embedded += len(texts)
        return super().embed_documents(texts)


class Index:
    """A store, an embedder and a folder to build it from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.embedder = CountingEmbedder()
        self.store = MemoryStore(model=self.embedder.fingerprint, dimension=self.embedder.dimension)
        self.progress: list[Progress] = []
        self.parsed: list[str] = []
        self.is_stopped = False
        self.grows: Path | None = None
        self.vanishes = False
        self.fails: dict[str, Parsed] = {}

    def build(self) -> BuildReport:
        self.parsed.clear()
        self.embedder.embedded = 0
        return self.carry_out(compare(self.folder, scan(self.folder), self.store.documents()))

    def carry_out(self, plan: Plan) -> BuildReport:
        return build(
            plan,
            store=self.store,
            embedder=self.embedder,
            parse=self.parse,
            characters=230,
            on_progress=self.progress.append,
        )

    def parse(self, path: Path, source: str) -> Parsed:
        if self.is_stopped:
            raise KeyboardInterrupt
        self.parsed.append(source)
        parsed = self.fails.get(source) or parse_file(path, source)
        if self.vanishes:
            shutil.rmtree(self.folder, ignore_errors=True)
        if path == self.grows:
            path.write_text(path.read_text() + " More is written.")
        return parsed

    def texts(self) -> dict[str, str]:
        return {info.source: self.store.document(info.id).text for info in self.store.documents()}


@pytest.fixture
def index(tmp_path: Path) -> Index:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "anna.txt").write_text(LETTER)
    (tmp_path / "bruno.txt").write_text(REPLY)
    return Index(tmp_path)


def test_a_first_build_adds_every_file(index: Index) -> None:
    report = index.build()
    assert report.added == ("bruno.txt", "letters/anna.txt")
    assert (report.changed, report.removed, report.unchanged, report.skipped) == ((), (), 0, ())
    assert report.passages == report.embedded == 2
    assert index.texts() == {"bruno.txt": REPLY, "letters/anna.txt": LETTER}


def test_every_passage_is_a_slice_of_its_document(index: Index) -> None:
    index.build()
    entries = index.store.scan()
    assert entries
    for entry in entries:
        text = index.store.document(entry.passage.document_id).text
        assert entry.passage.text == entry.passage.span.of(text)


def test_a_second_build_reads_and_embeds_nothing(index: Index) -> None:
    index.build()
    report = index.build()
    assert (index.parsed, index.embedder.embedded) == ([], 0)
    assert (report.added, report.changed, report.removed, report.unchanged) == ((), (), (), 2)


def test_a_new_time_stamp_alone_costs_a_hash_once(index: Index) -> None:
    index.build()
    os.utime(index.folder / "bruno.txt", (1, 1))
    report = index.build()
    assert (index.parsed, report.changed, report.unchanged) == ([], (), 2)
    assert [info.mtime_ns for info in index.store.documents() if info.source == "bruno.txt"] == [10**9]


def test_a_changed_file_costs_only_its_new_passages(index: Index) -> None:
    long = "\n\n".join(f"The year {year} was quiet in the valley. Little is recorded of it." * 3 for year in range(12))
    (index.folder / "bruno.txt").write_text(long)
    index.build()
    (index.folder / "bruno.txt").write_text(long.replace("The year 5 was quiet", "The year 5 was loud"))
    report = index.build()
    assert report.changed == ("bruno.txt",)
    assert 1 <= report.embedded <= 3
    assert report.passages > 8


def test_a_deleted_file_disappears(index: Index) -> None:
    index.build()
    (index.folder / "bruno.txt").unlink()
    report = index.build()
    assert report.removed == ("bruno.txt",)
    assert list(index.texts()) == ["letters/anna.txt"]
    assert report.passages == 1


def test_a_renamed_file_is_not_embedded_again(index: Index) -> None:
    index.build()
    (index.folder / "bruno.txt").rename(index.folder / "b.txt")
    report = index.build()
    assert (report.added, report.removed, report.embedded) == (("b.txt",), ("bruno.txt",), 0)


def test_a_missing_folder_is_an_error_and_the_index_stays(index: Index) -> None:
    index.build()
    index.folder = index.folder / "unmounted"
    with pytest.raises(SourceError, match="unmounted"):
        index.build()
    assert len(index.texts()) == 2


def test_a_suddenly_empty_folder_is_an_error_and_the_index_stays(index: Index) -> None:
    index.build()
    (index.folder / "bruno.txt").unlink()
    (index.folder / "letters" / "anna.txt").unlink()
    with pytest.raises(SourceError, match="nothing was removed"):
        index.build()
    assert len(index.texts()) == 2


def test_rules_that_leave_everything_out_are_an_error_and_the_index_stays(index: Index) -> None:
    index.build()
    (index.folder / ".quothignore").write_text("*\n")
    with pytest.raises(SourceError, match=r"\.quothignore of .* leaves out all documents .* nothing was removed"):
        index.build()
    assert len(index.texts()) == 2


def test_what_rules_leave_out_leaves_the_index_and_is_counted(index: Index) -> None:
    index.build()
    (index.folder / ".quothignore").write_text("letters/\n")
    report = index.build()
    assert (report.removed, report.ignored) == (("letters/anna.txt",), Ignored(folders=1))
    assert list(index.texts()) == ["bruno.txt"]


def test_an_empty_folder_at_the_first_build_is_an_empty_index(tmp_path: Path) -> None:
    assert Index(tmp_path).build().passages == 0


def test_a_bad_file_is_reported_at_every_build_and_read_once(index: Index) -> None:
    (index.folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    for parsed in (["broken.pdf", "bruno.txt", "letters/anna.txt"], []):
        report = index.build()
        assert index.parsed == parsed
        assert [(skipped.source, skipped.state) for skipped in report.skipped] == [("broken.pdf", State.DAMAGED)]
        assert report.skipped[0].reason


def test_a_bad_file_that_is_mended_is_read(index: Index) -> None:
    (index.folder / "empty.txt").touch()
    assert [skipped.state for skipped in index.build().skipped] == [State.EMPTY]
    (index.folder / "empty.txt").write_text("Now it says something.")
    report = index.build()
    assert (report.changed, report.skipped) == (("empty.txt",), ())


@pytest.mark.parametrize("state", [state for state in State if not state.has_text])
def test_a_file_that_failed_is_tried_again_only_when_it_or_what_reads_it_changes(
    index: Index, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.fails = {"bruno.txt": Parsed("txt", state=state, reason="save it again")}
    first, second = index.build(), index.build()
    assert index.parsed == []
    assert first.skipped == second.skipped == (Skipped("bruno.txt", state, "save it again"),)
    os.utime(index.folder / "bruno.txt", (1, 1))  # the same content
    assert (index.build().skipped, index.parsed) == (first.skipped, [])
    (index.folder / "bruno.txt").write_text(REPLY + " Still.")
    assert (index.build().skipped, index.parsed) == (first.skipped, ["bruno.txt"])
    monkeypatch.setattr("quoth.documents.READING_VERSION", 1)
    index.fails = {}
    assert (index.build().skipped, index.parsed) == ((), ["bruno.txt", "letters/anna.txt"])
    assert index.texts()["bruno.txt"] == REPLY + " Still."


def test_a_file_that_nothing_read_is_tried_again_when_a_parser_for_it_is_installed_or_renewed(
    index: Index, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (index.folder / "c.murmur").write_text("the sea")
    assert [skipped.state for skipped in index.build().skipped] == [State.UNSUPPORTED]
    for version, text in ((1, "THE SEA"), (2, "The sea")):
        package = tmp_path_factory.mktemp(f"murmur{version}")
        method = "upper" if version == 1 else "capitalize"
        (package / f"murmur{version}.py").write_text(
            "from quoth.records import Parsed\n"
            f"def parse(path):\n    return Parsed(kind='murmur', text=path.read_text().{method}())\n"
        )
        information = package / f"murmur-{version}.dist-info"
        information.mkdir()
        (information / "METADATA").write_text(f"Name: murmur\nVersion: {version}\n")
        (information / "entry_points.txt").write_text(f"[quoth.parsers]\nmurmur = murmur{version}:parse\n")
        monkeypatch.syspath_prepend(package)
        for parsed in (["c.murmur"], []):
            assert (index.build().skipped, index.parsed) == ((), parsed)
        assert index.texts()["c.murmur"] == text


def test_what_is_not_a_file_is_reported(index: Index) -> None:
    os.mkfifo(index.folder / "pipe.txt")
    for _ in range(2):
        report = index.build()
        assert [(skipped.source, skipped.state) for skipped in report.skipped] == [("pipe.txt", State.UNREADABLE)]


def test_two_files_with_the_same_content_are_two_documents(index: Index) -> None:
    (index.folder / "copy.txt").write_text(REPLY)
    report = index.build()
    assert report.passages == 3
    assert report.embedded == 2


def test_progress_never_goes_back_and_ends_at_the_total(index: Index) -> None:
    index.build()
    done = [progress.done for progress in index.progress]
    assert done == sorted(done)
    assert index.progress[-1].done == index.progress[-1].total == len(LETTER) + len(REPLY)


def test_a_build_that_is_stopped_leaves_a_note_until_the_next_one_ends(index: Index) -> None:
    index.is_stopped = True
    with pytest.raises(KeyboardInterrupt):
        index.build()
    assert index.store.recall(IN_PROGRESS)
    index.is_stopped = False
    index.build()
    assert not index.store.recall(IN_PROGRESS)


def test_a_file_that_changes_while_it_is_read_is_not_stored_half(index: Index) -> None:
    index.grows = index.folder / "bruno.txt"
    report = index.build()
    assert [(skipped.source, skipped.state) for skipped in report.skipped] == [("bruno.txt", State.UNREADABLE)]
    assert "changes while it is read" in report.skipped[0].reason
    index.grows = None
    assert index.build().skipped == ()
    assert index.texts()["bruno.txt"].startswith(REPLY)


def test_a_folder_that_vanishes_in_mid_build_takes_no_document_along(index: Index) -> None:
    index.build()
    for name in ("bruno.txt", "letters/anna.txt"):
        (index.folder / name).write_text("Changed.")
    index.vanishes = True
    with pytest.raises(SourceError, match="has vanished while it was read"):
        index.build()
    assert index.texts() == {"bruno.txt": REPLY, "letters/anna.txt": LETTER}


def test_a_single_file_that_vanishes_in_mid_build_is_removed_by_the_next(index: Index) -> None:
    index.build()
    (index.folder / "bruno.txt").write_text("Changed.")
    plan = compare(index.folder, scan(index.folder), index.store.documents())
    (index.folder / "bruno.txt").unlink()
    index.carry_out(plan)
    assert index.texts()["bruno.txt"] == REPLY
    assert index.build().removed == ("bruno.txt",)
