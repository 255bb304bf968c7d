"""How fast files of each format are read and embedded, which step is the slowest, and how much memory reading takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median

import psutil  # type: ignore[import-untyped]  # ships no types
from tests.parsing import odt_writer
from tests.parsing.docx_writer import make_docx, paragraph
from tests.parsing.epub_writer import make_epub
from tests.parsing.mail_writer import make_mail, make_multipart, make_part
from tests.parsing.pdf_writer import PdfPage, lines_of, make_pdf
from tests.parsing.pptx_writer import Slide, make_pptx
from tests.parsing.xlsx_writer import make_xlsx

from benchmarks.machine import peak_memory_bytes
from benchmarks.made_texts import make_text
from benchmarks.results import Cell, Row, Table
from benchmarks.timing import seconds_of
from benchmarks.workspace import Workspace
from quoth.build.draft import draft_of
from quoth.documents import Reading, read_document
from quoth.embed import find_model, load_embedder
from quoth.parsing import ParsingWorker
from quoth.protocols import Embedder
from quoth.records import State
from quoth.settings import Settings

FORMATS = "Reading speed by format"

PARAGRAPHS = 1_000
"""In each file, of 4 sentences each: some 400 kB of text, a book."""
SENTENCES = 4
ROUNDS = 3
EMBEDDED = 256
"""Passages that are embedded; the time for all of a file is taken in proportion."""
WORDS_OF_A_LINE = 10
LINES_OF_A_PAGE = 45

Make = Callable[[list[str]], bytes]


def measure_formats(workspace: Workspace) -> Iterator[Table]:
    count = min(PARAGRAPHS, workspace.limit or PARAGRAPHS)
    paragraphs = [make_text(SENTENCES, seed) for seed in range(count)]
    folder = workspace.scratch / "formats"
    folder.mkdir()
    embedder = load_embedder(find_model(Settings().model))
    rows = []
    for ending, make in FILES.items():
        workspace.say(f"reading {count:,} paragraphs of a file .{ending}")
        (folder / f"book.{ending}").write_bytes(make(paragraphs))
        rows.append(Row(ending, measure_file(folder, f"book.{ending}", embedder)))
    yield Table(
        FORMATS,
        f"One file of each format with the same {count:,} paragraphs of made-up words. Parse: to exact text, in the "
        f"parsing process, which has started; split: into sentences and passages; median of {ROUNDS} rounds. Embed: "
        f"{EMBEDDED} passages, taken in proportion. MB are of the text that was read. Memory: the parsing process at "
        "its largest.",
        tuple(rows),
    )


def measure_file(folder: Path, name: str, embedder: Embedder) -> dict[str, Cell]:
    """Raises ValueError for a file that was not read whole."""
    with ParsingWorker() as worker:
        worker.parse(_tiny(folder), "tiny.txt")
        readings = []
        read = partial(read_document, folder, name, worker.parse)
        parse_s = median(seconds_of(lambda: readings.append(read())) for _ in range(ROUNDS))
        [process] = psutil.Process().children()
        memory = peak_memory_bytes(process.pid)
    reading: Reading = readings[-1]
    if reading.document.info.state is not State.READ:
        raise ValueError(f"{name} was not read: {reading.document.info.reason}")
    characters = Settings().passage_characters
    split_s = median(seconds_of(partial(draft_of, reading, embedder, characters)) for _ in range(ROUNDS))
    texts = draft_of(reading, embedder, characters).texts
    some = texts[:EMBEDDED]
    embed_s = seconds_of(partial(embedder.embed_documents, some)) * len(texts) / len(some)
    steps = {"parse": parse_s, "split": split_s, "embed": embed_s}
    size = len(reading.document.text.encode()) / 1e6
    slowest = max(steps, key=steps.__getitem__)
    pages = sum(run.locator.page is not None for run in reading.document.runs)
    return {
        "file MB": (folder / name).stat().st_size / 1e6,
        "text MB": size,
        "passages": len(texts),
        "parse MB/s": size / parse_s,
        "parse pages/s": pages / parse_s if pages else "",
        "split MB/s": size / split_s,
        "embed MB/s": size / embed_s,
        "slowest step": f"{slowest}, {steps[slowest] / sum(steps.values()):.0%}",
        "memory MB": memory / 1e6,
    }


def _tiny(folder: Path) -> Path:
    path = folder / "tiny.txt"
    path.write_text("Anna wrote from Lisbon.")
    return path


def _joined(before: str, between: str, after: str = "") -> Make:
    return lambda paragraphs: (before + between.join(paragraphs) + after).encode()


def _pdf(paragraphs: list[str]) -> bytes:
    words = " ".join(paragraphs).split()
    lines = [" ".join(words[start : start + WORDS_OF_A_LINE]) for start in range(0, len(words), WORDS_OF_A_LINE)]
    starts = range(0, len(lines), LINES_OF_A_PAGE)
    return make_pdf([PdfPage(lines_of("\n".join(lines[start : start + LINES_OF_A_PAGE]))) for start in starts])


def _epub(paragraphs: list[str]) -> bytes:
    chapters = [paragraphs[start : start + 50] for start in range(0, len(paragraphs), 50)]
    return make_epub(
        {
            f"{number}.xhtml": f"<h2>Chapter {number}</h2>" + "".join(f"<p>{text}</p>" for text in chapter)
            for number, chapter in enumerate(chapters)
        }
    )


def _subtitles(paragraphs: list[str]) -> bytes:
    times = [
        f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" for seconds in range(len(paragraphs) + 1)
    ]
    return "\n".join(
        f"{number + 1}\n{times[number]},000 --> {times[number + 1]},000\n{text}\n"
        for number, text in enumerate(paragraphs)
    ).encode()


def _notebook(paragraphs: list[str]) -> bytes:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": text} for text in paragraphs]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


def _mailbox(paragraphs: list[str]) -> bytes:
    return b"".join(
        b"From a Fri May 31 10:00:00 2024\n"
        + make_mail(text, head=f"From: Ana\r\nSubject: Mail {number}\r\n")
        + b"\n\n"
        for number, text in enumerate(paragraphs)
    )


FILES: Mapping[str, Make] = {
    "txt": _joined("", "\n\n"),
    "md": _joined("# Book\n\n", "\n\n"),
    "html": _joined("<h1>Book</h1><p>", "</p><p>", "</p>"),
    "pdf": _pdf,
    "docx": lambda paragraphs: make_docx("".join(map(paragraph, paragraphs))),
    "odt": lambda paragraphs: odt_writer.make_odt("".join(map(odt_writer.paragraph, paragraphs))),
    "rtf": _joined(r"{\rtf1\ansi ", "\\par\n", "}"),
    "epub": _epub,
    "pptx": lambda paragraphs: make_pptx(*(Slide("A slide", [text]) for text in paragraphs[:200])),
    "xlsx": lambda paragraphs: make_xlsx({"Rows": [["Text"], *([text] for text in paragraphs)]}),
    "csv": _joined('Number,Text\n1,"', '"\n1,"', '"\n'),
    "eml": lambda paragraphs: make_mail("\n\n".join(paragraphs)),
    "mbox": _mailbox,
    "mht": lambda paragraphs: make_multipart(
        [make_part("<h1>Book</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs), "text/html")]
    ),
    "srt": _subtitles,
    "ipynb": _notebook,
}  # fmt: skip
