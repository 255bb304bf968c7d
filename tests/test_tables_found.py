"""Rows of long tables are found by the names of their columns and shown with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.parsing.xlsx_writer import Value, make_xlsx

from quoth.build.draft import draft_of
from quoth.documents import read_document
from quoth.library import Library
from quoth.parsing import parse_file
from quoth.settings import Settings
from quoth.testing import HashEmbedder

KEEPERS = [f"keeper{number}" for number in range(60)]
HEADER: list[Value] = ["Lighthouse", "Warden", "Lamps"]
ROWS = [HEADER]
ROWS.extend([f"Rock {number}", keeper, number % 7] for number, keeper in enumerate(KEEPERS))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "rocks.xlsx").write_bytes(make_xlsx({"Rocks": ROWS}))
    (folder / "tides.txt").write_text("The tide turns twice a day. It is higher in spring than in autumn.\n" * 20)
    with Library(tmp_path / "embeddings", Settings(), HashEmbedder(256)) as library:
        library.build(folder)
        yield library


def test_a_row_is_found_by_the_names_of_its_columns_and_cited_with_them(library: Library) -> None:
    hit = library.ask("Which warden is keeper41?").hits[0]
    assert "keeper41" in hit.passage.text
    assert "Warden" not in hit.passage.text
    assert hit.citation.section == ("Rocks", "Lighthouse · Warden · Lamps")
    assert "Rocks › Lighthouse · Warden · Lamps, rows" in hit.citation.where
    assert {"warden", "keeper41"} == set(hit.terms)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_passage_of_a_table_is_embedded_with_its_header(tmp_path: Path, delimiter: str) -> None:
    (tmp_path / "rocks.csv").write_text("\n".join(delimiter.join(map(str, row)) for row in ROWS))
    draft = draft_of(read_document(tmp_path, "rocks.csv", parse_file), HashEmbedder(), 230)
    assert len(draft.texts) > 4
    assert all("Warden" in text for text in draft.texts)
    assert all(text.startswith("Lighthouse · Warden · Lamps. Rock ") for text in draft.texts[1:])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "THE HARBOUR\n\nIt is small.\n\n  Quay   Fare\n  Tor    4\n  Bell   5\n"),
        ("a.md", "# The Harbour\n\n| Quay | Fare |\n|---|---|\n| Tor | 4 |\n\n## Boats ##\n\nAlba.\n"),
        ("a.html", "<h1>The Harbour</h1><p>It is small.</p><h2>Boats</h2><p>Alba.</p>"),
    ],
)
def test_texts_whose_headings_are_written_are_split_by_these_alone(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert read_document(tmp_path, name, parse_file).headings is None
