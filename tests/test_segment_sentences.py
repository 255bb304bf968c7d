"""Sentences of one paragraph, written by hand. "|" stands where the text must be cut, and nowhere else."""

from __future__ import annotations

import pytest

from quoth.records import Block, Span
from quoth.segment import split_sentences

GOLD = [
    ("en", "She left at noon.| Nobody saw her go.| Why?"),
    ("en", "Dr. Amal Reyes met Mr. J. R. Pell at St. Mary's.| They talked."),
    ("en", "See Fig. 3 and pp. 12-14.| The rest is in vol. 2 of the series."),
    ("en", "The U.S. Embassy called, e.g. twice a day.| It was noticed."),
    ("en", "The soldiers stopped them. on the avenue, before noon.| Nobody spoke."),
    ("en", "It cost $3.50, or 2.8 percent.| Version 1.2.3 was cheaper."),
    ("en", "“Stop!” she said.| He did not."),
    ("en", '"Come in. Sit down. Eat," said the host.| "Thank you."'),
    ("en", 'A board of 6" was used.| It broke.| They bought another (smaller one.| It held.'),
    ("en", "He waited… Then the bell rang.".replace("… ", "…| ")),
    ("en", "Is it true (as he says)?| It is."),
    ("en", "They arrived at 5 p.m. and left again.| Rain fell."),
    ("en", "No. 7 was closed.| No.| We tried No. 9."),
    ("en", "1. Open the lid.| Lift it out."),
    ("es", "El Sr. Ibáñez llegó tarde.| ¿Quién lo esperaba?| Nadie.| ¡Qué pena!"),
    ("es", "Véase el art. 14 y la pág. 3.| La Dra. Soto lo firmó en EE. UU. el lunes."),
    ("es", "«No vendrá», dijo ella.| Y no vino."),
    ("de", "Am 3. Oktober kam er an.| Im 19. Jahrhundert war das neu.| Niemand wusste es."),
    ("de", "Das gilt z. B. für Abb. 4 und Abs. 2.| Dr. Kühn sah das anders."),
    ("de", "„Geh nach Hause!“, rief sie.| Er blieb."),
    ("fr", "M. Duval est parti.| Qui l'a vu ?| Personne !| Mme Roche dormait."),
    ("fr", "« Venez », dit-il.| Elle ne vint pas."),
    ("zh", "他走了。|2021年他又回来了！|你知道吗？|没人知道。"),
    ("zh", "她说：“天黑了。我们走吧。”|他没有回答。"),
    ("ar", "وصل القطار متأخرا.| هل رأيته؟| لا، لم أره."),
    ("ar", "قال د. سمير إن الأمر واضح.| لم يعترض أحد."),
    ("und", "Unknown languages are read like English.| Mr. Pell agrees."),
    ("xx-YY", "So are those that do not exist.| Mr. Pell agrees."),
]


@pytest.mark.parametrize(("language", "marked"), GOLD)
def test_sentences_are_cut_where_a_reader_cuts_them(language: str, marked: str) -> None:
    text = marked.replace("|", "")
    assert sentences_of(text, language) == [sentence.strip() for sentence in marked.split("|")]


@pytest.mark.parametrize(("language", "marked"), GOLD)
def test_line_ends_in_place_of_spaces_change_nothing(language: str, marked: str) -> None:
    text = marked.replace("|", "")
    expected = [sentence.strip() for sentence in marked.split("|")]
    for line_end in ("\n", "\r\n", "\n\n"):
        found = sentences_of(text.replace(" ", line_end), language)
        assert [sentence.replace(line_end, " ") for sentence in found] == expected


def test_an_unclosed_quote_does_not_swallow_the_rest() -> None:
    text = 'He wrote "stop. ' + "The river rose again. " * 50
    assert sentences_of(text)[1:] == ["The river rose again."] * 50


def test_a_sentence_that_quotes_more_than_600_characters_is_split_inside_its_quotes() -> None:
    spoken = "The river rose again. " * 15
    found = sentences_of(f"He said: “{spoken}” and, later: “{spoken}”. Then he left.")
    assert found.count("The river rose again.") == 26
    assert found[-1] == "Then he left."


def test_where_sentences_begin_in_lower_case_they_are_cut_there() -> None:
    text = "hi all. the train was late again. we waited an hour. nobody said a word. then it came. it was full. bye."
    assert len(sentences_of(text)) == 7


def test_an_opening_quote_goes_with_what_it_opens() -> None:
    text = 'He fell silent. "Then the door opened. Nobody came in.'
    assert sentences_of(text)[:2] == ["He fell silent.", '"Then the door opened.']


def test_a_heading_is_one_sentence() -> None:
    text = "## Who came? Nobody. At all."
    assert split_sentences(text, [Block(Span(0, len(text)), "heading", 2)])[0][1] == (Span(0, len(text)),)


@pytest.mark.parametrize("kind", ["code", "table"])
def test_code_and_tables_are_kept_by_lines(kind: str) -> None:
    text = "a = 1. # One. Two.\r\n\r\n  b = 2\n"
    block = Block(Span(0, len(text)), "code" if kind == "code" else "table")
    assert [span.of(text) for span in split_sentences(text, [block])[0][1]] == ["a = 1. # One. Two.", "b = 2"]


def test_items_of_a_list_are_kept_apart_without_final_marks() -> None:
    text = "- bread and\n  butter\n- milk. Two bottles\n- eggs"
    found = split_sentences(text, [Block(Span(0, len(text)), "list")])[0][1]
    assert [span.of(text) for span in found] == ["- bread and\n  butter", "- milk.", "Two bottles", "- eggs"]


def test_furniture_at_the_edge_is_left_out_and_inside_a_sentence_is_kept() -> None:
    text = "HEAD He came\nHEAD home. It rained.\nHEAD"
    furniture = [Span(0, 4), Span(13, 17), Span(len(text) - 4, len(text))]
    groups = split_sentences(text, [Block(Span(0, len(text)))], furniture=furniture)
    assert [span.of(text) for span in groups[0][1]] == ["He came\nHEAD home.", "It rained."]


def sentences_of(text: str, language: str = "en") -> list[str]:
    groups = split_sentences(text, [Block(Span(0, len(text)))], language=language)
    return [span.of(text) for _, sentences in groups for span in sentences]
