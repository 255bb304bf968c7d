from __future__ import annotations

from pathlib import Path

from quoth.build.draft import Draft, draft_of, entry_of
from quoth.documents import read_document
from quoth.parsing import parse_file
from quoth.testing import HashEmbedder

TALK = """1
00:00:01,000 --> 00:00:03,500
The quay is closed until

2
00:00:03,500 --> 00:00:06,000
further notice.
"""


def draft(folder: Path, name: str, text: str) -> Draft:
    (folder / name).write_text(text, encoding="utf-8")
    return draft_of(read_document(folder, name, parse_file), HashEmbedder(), 230)


def test_times_between_subtitles_are_quoted_but_neither_embedded_nor_searched(tmp_path: Path) -> None:
    talk = draft(tmp_path, "talk.srt", TALK)
    assert talk.texts == ["The quay is closed until further notice."]
    (piece,) = talk.chunks
    (embedding,) = HashEmbedder().embed_documents(talk.texts)
    entry = entry_of(talk, piece, "key", embedding, "model")
    assert entry.passage.text == TALK[TALK.index("The") :].strip()
    plain = draft(tmp_path, "talk.txt", talk.texts[0])
    assert entry.tokens == entry_of(plain, plain.chunks[0], "key", embedding, "model").tokens


def test_captions_without_marks_are_never_cut_inside_their_times(tmp_path: Path) -> None:
    cues = "".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},999\nso we went on\nand on\n\n" for n in range(1, 60))
    talk = draft(tmp_path, "talk.srt", cues)
    assert {word for text in talk.texts for word in text.split()} == {"so", "we", "went", "on", "and"}
    assert all(not piece.span.of(cues).startswith(("-", "0")) for piece in talk.chunks)


def test_no_passage_goes_on_over_a_long_silence(tmp_path: Path) -> None:
    later = "3\n00:{},000 --> 00:59:00,000\nIt rains.\n"
    assert draft(tmp_path, "a.srt", f"{TALK}\n{later.format('00:15')}").texts == [
        "The quay is closed until further notice. It rains."
    ]
    parted = draft(tmp_path, "b.srt", f"{TALK}\n{later.format('00:16')}")
    assert parted.texts == ["The quay is closed until further notice.", "It rains."]
    assert parted.document.section_at(len(TALK) + 40) == ()


def test_quote_marks_of_a_mail_are_not_embedded(tmp_path: Path) -> None:
    mail = draft(tmp_path, "a.eml", "Subject: Quay\n\n> It is closed until\n> further notice.\n")
    assert mail.texts == ["Quay. It is closed until further notice."]


def test_words_that_the_end_of_a_line_parts_are_searched_in_one_piece(tmp_path: Path) -> None:
    text = "They self-evalu-\nated the evalu-\nation in thou-\nsands\u2019 rows.\n"
    (embedding,) = HashEmbedder().embed_documents([text])
    parted = draft(tmp_path, "a.txt", text)
    tokens = entry_of(parted, parted.chunks[0], "key", embedding, "model").tokens
    whole = draft(tmp_path, "b.txt", text.replace("-\n", ""))
    assert set(entry_of(whole, whole.chunks[0], "key", embedding, "model").tokens) <= set(tokens)
