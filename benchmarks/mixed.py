"""How long a folder of all formats takes, whether its report adds up, and how true the progress is on the way."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from tests.parsing.bad_files import BAD_FILES
from tests.parsing.docx_writer import make_docx, paragraph
from tests.parsing.epub_writer import make_epub
from tests.parsing.pdf_writer import PdfPage, lines_of, make_pdf
from tests.parsing.samples import SAMPLES

from benchmarks.made_texts import make_text
from benchmarks.results import Cell, Row, Table
from benchmarks.workspace import Workspace, open_library
from quoth.records import BuildReport, DocumentInfo, Progress, State

MIXED = "A folder of mixed files"
FILES = 5_000
BAD_SHARE = 0.05
SENTENCES = (2, 12)
FOLDERS = 50


def measure_mixed(workspace: Workspace) -> Iterator[Table]:
    files = min(FILES, workspace.limit or FILES)
    documents, index = workspace.scratch / "mixed", workspace.scratch / "mixed-index"
    workspace.say(f"building the index of {files:,} files of all formats")
    expected = write_mixed(documents, files)
    seen: list[tuple[float, Progress]] = []
    with open_library(index) as library:
        library.build(_one_file(workspace.scratch))  # so that the model is loaded
        started = time.perf_counter()
        report = library.build(
            documents, on_progress=lambda now: seen.append((time.perf_counter() - started, now)), rebuild_all=True
        )
        found = library.documents()
    check(report, found, expected)
    cells: dict[str, Cell] = {
        "files": files,
        "read": expected[State.READ],
        "in part": expected[State.PARTLY_READ],
        "not read": files - expected[State.READ] - expected[State.PARTLY_READ],
        "passages": report.passages,
        "seconds": report.seconds,
        "files/s": files / report.seconds,
        "bar off by %": 100 * furthest_off(seen),
        "longest wait s": longest_wait(seen),
    }
    yield Table(
        MIXED,
        f"Texts of {SENTENCES[0]} to {SENTENCES[1]} sentences of made-up words as txt, md, html, docx, epub and pdf; "
        f"small files of the other formats; {BAD_SHARE:.0%} bad ones of all kinds. The report is checked file by file. "
        "The bar is off by the largest difference between the share of bytes that it shows and the share of time that "
        "has passed; the longest wait is that between two of its steps.",
        (Row(f"{files:,} files", cells),),
    )


def write_mixed(folder: Path, files: int) -> Counter[State]:
    """How many should end in each state. Equal numbers give equal folders."""
    source = random.Random(5)
    states: Counter[State] = Counter()
    for number in range(files):
        directory = folder / f"{number % FOLDERS:02}"
        directory.mkdir(parents=True, exist_ok=True)
        if source.random() < BAD_SHARE:
            bad = source.choice(BAD_FILES)
            (directory / f"{number:05} {bad.name}").write_bytes(bad.content)
            states[bad.state] += 1
        else:
            ending, content = _good(source, number)
            (directory / f"{number:05}.{ending}").write_bytes(content)
            states[State.READ] += 1
    return states


def check(report: BuildReport, found: Sequence[DocumentInfo], expected: Counter[State]) -> None:
    """Raises ValueError where the numbers do not add up."""
    states = Counter(info.state for info in found)
    if states != expected:
        raise ValueError(f"files ended as {dict(states)}, should have as {dict(expected)}")
    if Counter(skip.state for skip in report.skipped) != expected - Counter({State.READ: expected[State.READ]}):
        raise ValueError("the report does not name the files that were not read")
    if report.passages != sum(info.passages for info in found):
        raise ValueError("the report does not count the passages of its documents")


def furthest_off(seen: Sequence[tuple[float, Progress]]) -> float:
    """0 to 1."""
    whole_s = seen[-1][0]
    return max(abs(now.done / now.total - at_s / whole_s) for at_s, now in seen if now.total)


def longest_wait(seen: Sequence[tuple[float, Progress]]) -> float:
    times = [at_s for at_s, _ in seen]
    return max(later - earlier for earlier, later in pairwise(times))


def _good(source: random.Random, number: int) -> tuple[str, bytes]:
    text = make_text(source.randint(*SENTENCES), number)
    match source.choice(["txt", "txt", "md", "html", "docx", "epub", "pdf", "other"]):
        case "html":
            return "html", f"<h1>File {number}</h1><p>{text}</p>".encode()
        case "docx":
            return "docx", make_docx(paragraph(f"File {number}", "Title") + paragraph(text))
        case "epub":
            return "epub", make_epub({"one.xhtml": f"<h2>File {number}</h2><p>{text}</p>"})
        case "pdf":
            words = text.split()[:300]
            lines = [" ".join(words[start : start + 10]) for start in range(0, len(words), 10)]
            return "pdf", make_pdf([PdfPage(lines_of("\n".join(lines)))])
        case "other":
            sample = source.choice(SAMPLES)
            return sample.name.rpartition(".")[2], sample.content
        case ending:
            return ending, f"# File {number}\n\n{text}\n".encode()


def _one_file(scratch: Path) -> Path:
    folder = scratch / "one file"
    folder.mkdir()
    (folder / "a.txt").write_text("Anna wrote from Lisbon.")
    return folder
