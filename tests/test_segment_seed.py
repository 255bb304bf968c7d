"""The shipped document: hard-wrapped, eleven of its eighteen blank gaps inside a sentence, a space before its title."""

from __future__ import annotations

from pathlib import Path

from quoth.chunk import chunk, embedding_text
from quoth.segment import find_blocks, split_sentences

SEED = Path(__file__).parents[1] / "seeds" / "000_9196a424e5cb6024.txt"
TEXT = SEED.read_bytes().decode()
BLOCKS = find_blocks(TEXT)
GROUPS = split_sentences(TEXT, BLOCKS, language="en")
# By block, read by eye. Offsets in code points.
SENTENCES = [
    [(1, 58)],
    [(60, 81)],
    [(83, 241)],
    [(243, 367), (368, 475), (476, 793)],
    [(795, 938), (939, 1099), (1100, 1129), (1130, 1277)],
    [(1279, 1465)],
    [(1467, 1522), (1523, 1683), (1684, 1785), (1786, 1979), (1980, 2285), (2286, 2373), (2374, 2662)],
    [(2664, 2874), (2875, 3026), (3027, 3149), (3150, 3247)],
]


def test_all_22_sentences_come_out_exactly() -> None:
    found = [[(span.start, span.end) for span in sentences] for _, sentences in GROUPS]
    assert found == SENTENCES
    assert sum(map(len, found)) == 22


def test_the_title_is_a_heading_and_what_the_text_says_of_its_source_is_not() -> None:
    assert [block.kind for block in BLOCKS] == ["heading"] + ["paragraph"] * 7


def test_a_sentence_runs_over_a_blank_line_in_its_middle() -> None:
    block, sentences = GROUPS[6]
    assert sentences[4].of(TEXT).startswith("Vladimiro\n\nMontesinos, former CIA agent")
    assert sentences[4].of(TEXT).endswith("2021 Peruvian presidential election.")
    assert block.span.contains(sentences[4])


def test_its_passages_are_whole_sentences_below_the_title() -> None:
    chunks = chunk(TEXT, GROUPS, count_tokens=lambda text: len(text.split()), budget_tokens=250)
    sentences = [span for piece in chunks for span in piece.sentences]
    assert [(span.start, span.end) for span in sentences] == [span for block in SENTENCES[1:] for span in block]
    assert all(len(piece.span) < 400 for piece in chunks)
    title = "The United States and its role in the coup d'état in Peru"
    assert all(piece.path[0] == title for piece in chunks)
    first = embedding_text(chunks[0].path, chunks[0].span.of(TEXT))
    assert first.startswith(f"{title}. Sources: Globetrotter The United States quickly legitimized last week's coup")
