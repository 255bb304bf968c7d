from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render.examples import COPIED, FOLDER, NEWS, SCAN, TEXT, answer_of, hit_of, info_of

from quoth.records import (
    BuildReport,
    Coverage,
    Span,
    Status,
    Verdict,
    Verification,
    VerificationResult,
)
from quoth.render import (
    answer_text,
    build_text,
    citation_json,
    citations_from_json,
    status_text,
    verifications_json,
    verifications_text,
    visible,
)

quotes = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def test_plain_text_marks_the_highlighted_sentence_in_the_margin() -> None:
    assert answer_text(answer_of(NEWS), FOLDER, styled=False) == (
        "Answers (chance that the first passage answers: 82 %). Searched 3 passages of 1 document.\n"
        "\n"
        "1. The news, lines 1-2\n"
        "   | It rained. \n"
        "   > The mayor resigned.\n"
        "   | Nobody asked why.\n"
        "   seeds/news.txt:1"
    )


def test_a_terminal_shows_the_highlighted_sentence_bold_and_underlined() -> None:
    shown = answer_text(answer_of(NEWS), FOLDER, styled=True).splitlines()
    assert shown[2:] == [
        "\x1b[1m1. The news, lines 1-2\x1b[0m",
        "   It rained. \x1b[1;4mThe mayor resigned.\x1b[0m",
        "   Nobody asked why.",
        "   seeds/news.txt:1",
    ]


def test_every_other_place_of_the_words_is_named_up_to_five() -> None:
    shown = answer_text(answer_of(COPIED), FOLDER, styled=False).splitlines()
    assert shown[-3:] == [
        "   seeds/news.txt:1",
        "   also in The news, line 3 (seeds/old.txt:3)",
        "   nearly the same words in The news, line 1 (seeds/near.txt:1)",
    ]
    many = replace(NEWS, also_in=COPIED.also_in[:1] * 7)
    assert answer_text(answer_of(many), FOLDER, styled=False).splitlines()[-2:] == [
        "   also in The news, line 3 (seeds/old.txt:3)",
        "   and in 2 more places: `quoth ask --json` lists them",
    ]
    unlisted = replace(many, more_places=30)
    assert answer_text(answer_of(unlisted), FOLDER, styled=False).splitlines()[-1] == (
        "   and in 32 more places: `quoth ask --json` lists the first 7"
    )


def test_blank_lines_inside_a_quote_stay() -> None:
    shown = answer_text(answer_of(hit_of("One\r\n\r\nfour.")), FOLDER, styled=False).splitlines()
    assert shown[3:6] == ["   | One", "   |", "   | four."]


@given(quotes, st.booleans())
def test_no_document_steers_the_terminal(text: str, styled: bool) -> None:
    shown = answer_text(answer_of(hit_of(text, highlights=[Span(0, len(text))])), FOLDER, styled=styled)
    ours = {"\x1b[1m", "\x1b[1;4m", "\x1b[0m"}
    for code in ours:
        shown = shown.replace(code, "")
    assert not {character for character in shown if ord(character) < 32 and character not in "\n\t"}
    assert not {character for character in shown if 0x7F <= ord(character) < 0xA0 or character in "\u202e\u2066"}


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_what_steers_nothing_is_shown_as_it_is(text: str) -> None:
    plain = "".join(
        character
        for character in text
        if character not in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
    assert visible(plain) == plain


def test_an_escape_character_is_shown_as_a_picture() -> None:
    assert visible("a\x1b]0;owned\x07b\x9bc\u202ed") == "a␛]0;owned␇b\\x9bc\\u202ed"


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        (Verdict.CLOSEST, "Closest passages, probably not an answer (chance that the first passage answers: 82 %). "),
        (Verdict.NOTHING, "Nothing found. "),
    ],
)
def test_an_answer_says_when_it_is_none(verdict: Verdict, line: str) -> None:
    shown = answer_text(answer_of(verdict=verdict, coverage=Coverage(2, 1200, (SCAN,), True)), FOLDER, styled=False)
    assert shown.splitlines() == [
        line + "Searched 1,200 passages of 2 documents; 1 file could not be read, or only in part.",
        "The last build did not come to its end, files may be missing: run `quoth build`.",
        "  not read: scan.pdf (needs OCR): its pages are pictures",
    ]


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ({"page": 3}, "seeds/news.txt#page=3"),
        ({"page": 3, "first_line": 9}, "seeds/news.txt#page=3"),
        ({"first_line": 9}, "seeds/news.txt:9"),
        ({"anchor": "intro"}, "seeds/news.txt#intro"),
        ({"anchor": "part.xhtml#intro", "source": "book.epub"}, "seeds/book.epub, part.xhtml, intro"),
        ({"anchor": "part.xhtml", "source": "a.zip/book.EPUB"}, "seeds/a.zip/book.EPUB, part.xhtml"),
        ({"paragraph": 4}, "seeds/news.txt"),
    ],
)
def test_each_quote_says_where_to_check_it(place: dict[str, int | str], shown: str) -> None:
    nowhere = {"page": None, "first_line": None, "last_line": None, "anchor": None}
    form = json.loads(citation_json(NEWS.citation)) | nowhere | place
    hit = replace(NEWS, citation=citations_from_json(json.dumps(form))[0])
    assert answer_text(answer_of(hit), FOLDER, styled=False).splitlines()[-1] == f"   {shown}"


def test_a_report_of_a_build_names_every_file_that_is_not_wholly_read() -> None:
    report = BuildReport(("a.txt", "b.txt"), ("c.txt",), (), 1200, (SCAN,), 3456, 12, 1.25)
    assert build_text(report).splitlines() == [
        "added      2",
        "changed    1",
        "removed    0",
        "unchanged  1,200",
        "passages   3,456, 12 of them embedded now",
        "took       1.2 s",
        "",
        "1 file not read, or not wholly:",
        "  scan.pdf (needs OCR): its pages are pictures",
    ]


def test_a_status_says_what_is_old_and_what_is_missing() -> None:
    status = Status("seeds", 1, 3, "m@1", 7, (("en", 1),), (SCAN,), ("new.txt",), 1_250_000, interrupted=True)
    assert status_text(status, [info_of(TEXT)]).splitlines() == [
        "folder     seeds",
        "documents  1",
        "passages   3",
        "languages  English 1",
        "model      m@1",
        "size       1.2 MB",
        "",
        "The last build did not come to its end, files may be missing: run `quoth build`.",
        "",
        "1 file changed since the last build, run `quoth build`:",
        "  new.txt",
        "",
        "1 file not read, or not wholly:",
        "  scan.pdf (needs OCR): its pages are pictures",
        "",
        "documents:",
        "  news.txt (txt, en, 1 passage): The news",
    ]


def test_a_verification_says_where_a_moved_quote_stands_now() -> None:
    now = replace(NEWS.citation, first_line=12, last_line=13)
    checked = [
        (NEWS.citation, Verification(VerificationResult.MOVED, "the same words stand at lines 12-13", True, now)),
        (NEWS.citation, Verification(VerificationResult.CHANGED, "the words are gone", True)),
    ]
    assert verifications_text(checked, FOLDER, styled=False).splitlines() == [
        "moved    The news, lines 1-2: the same words stand at lines 12-13",
        "         seeds/news.txt:12",
        "changed  The news, lines 1-2: the words are gone",
        "",
        "1 moved, 1 changed",
    ]
    written = json.loads(verifications_json(checked))
    assert [written[name] for name in ("exact", "moved", "changed")] == [0, 1, 1]
    assert [(result["result"], result["now"] is None) for result in written["results"]] == [
        ("moved", False),
        ("changed", True),
    ]


def test_a_status_says_that_the_folder_is_missing() -> None:
    status = Status("seeds", 1, 3, "m@1", 7, (), (), (), 1_000_000, folder_is_missing=True)
    assert "The folder is not there, so nothing can be said of changes in it." in status_text(status).splitlines()
