from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.analyze import analyze
from quoth.caseless import IGNORED
from quoth.literal import certain_tokens, find, is_irregular, most_characters, touched
from quoth.records import Span, widened, with_space

PIECES = [
    *"aetsnAEIT 15.,%'’-–“\"\n",
    *("ß", "é", "e\u0301", "İ", "ı", "ﬁ", "東", "京", "か", "\u3099", "नमस्ते", "\u1100\u1161", "\u00a0"),
    *("ক\u09cbথা", "ক\u09c7\u09be", "\u09dc", "القُرْآن", "ಕ\u0ccbಟ", "ဥ\u102e", "가\u11a8", "ᾳ", "\u0654"),
    *("a\u200d", "ที่"),
    *("o’b", "'s", "1,000", " the ", "of ", " die ", "l'", "well-known", "2019", "TREATY"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
ANY_TEXT = st.one_of(TEXTS, st.text(max_size=30))
LANGUAGES = st.sampled_from(["en", "de", "fr", "tr", "hi", "ja", "und"])


def found(phrase: str, text: str, language: str = "en") -> list[str]:
    return [span.of(text) for span in find(phrase, text, language)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("new york", "NEW York", ["NEW York"]),
        ("New York", "New\n   York, new\tyork", ["New\n   York", "new\tyork"]),
        ("New York", "New " + 200 * " " + "York", []),
        ("it's", "It’s it‘s itʼs its", ["It’s", "it‘s", "itʼs"]),
        ('said "no"', "said “no” and said «no»", ["said “no”", "said «no»"]),
        ("2019-20", "2019–20 2019—20 2019 20", ["2019–20", "2019—20"]),
        ("well-known", "a well-\n  known man", ["well-\n  known"]),
        ("evaluated", "It was evalu-\nated, self-evalu-\r\n\n  ated.", ["evalu-\nated", "evalu-\r\n\n  ated"]),
        ("a well-known evaluation", "a well-\nknown eval\u2010\nuation", ["a well-\nknown eval\u2010\nuation"]),
        ("evaluated", "evalu-ated, evalu- ated, evalu\nated", []),
        ("preand", "pre-\nand postwar", []),
        ("government", "govern\u00adment, govern\u00ad\nment", ["govern\u00adment", "govern\u00ad\nment"]),
        ("caf\u00e9", "Cafe\u0301 cafe CAFÉ", ["Cafe\u0301", "CAFÉ"]),
        ("strasse", "Straße STRASSE", ["Straße", "STRASSE"]),
        ("office", "The oﬃce", ["oﬃce"]),
        ("C++", "C++, c++11", ["C++", "c++"]),
        ("§ 5", "under § 5 and § 55", ["§ 5"]),
        ("running", "run runs ran", []),
        ("cannot", "can not", []),
        ("", "anything", []),
        ("\u00ad", "anything", []),
    ],
)
def test_a_phrase_is_found_as_it_stands(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("art", "party, smart, arts, Art.", ["Art"]),
        ("art", "_art_ (art) state-of-the-art art/science", ["art", "art", "art", "art"]),
        ("e", "cafe\u0301 e\u0301 e", ["e"]),
        ("Lisbon", "Lisbon's Lisbon’s Lisbon'", ["Lisbon", "Lisbon", "Lisbon"]),
        ("don", "don't", []),
        ("Brien", "O'Brien", []),
        ("5", "2.5 5,000 55 5 5. -5", ["5", "5", "5"]),
    ],
)
def test_a_phrase_begins_and_ends_with_whole_words(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "text"), [("東京", "東京都"), ("서울", "서울에서"), ("กรุงเทพ", "ในกรุงเทพมหานคร"), ("IT", "日本IT企業")]
)
def test_scripts_without_spaces_have_no_word_borders(phrase: str, text: str) -> None:
    assert found(phrase, text, "ja") == [phrase]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("条约", "双方签署条\n约的文本", "条\n约"),
        ("条约", "双方签署条 \r\n\u3000\u3000约的文本", "条 \r\n\u3000\u3000约"),
        ("条约，文本", "条约，\n文本", "条约，\n文本"),
        ("หนังสือ", "เขียนหนัง\nสือเล่มหนึ่ง", "หนัง\nสือ"),
        ("東京オリンピック", "東京オリン\nピッ\nク", "東京オリン\nピッ\nク"),
        ("서울에서", "서울\n에서", "서울\n에서"),
    ],
)
def test_lines_break_anywhere_in_scripts_without_spaces(phrase: str, text: str, expected: str) -> None:
    assert found(phrase, text, "zh") == [expected]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("条约", "条\n\n约"),
        ("条约", "条 约"),
        ("wellknown", "well\nknown"),
        ("条约", f"条\n{100 * ' '}约"),
        ("ที่", "ท\nี่"),
    ],
)
def test_a_gap_is_no_line_break(phrase: str, text: str) -> None:
    assert found(phrase, text, "zh") == []


@pytest.mark.parametrize("text", ["条\n约", "条\r\n\u3000约", "a govern\u00adment", "\u1112\u1161\u11ab", "หนัง \n สือ"])
def test_texts_whose_words_may_be_cut_are_irregular(text: str) -> None:
    assert is_irregular(text)


def test_other_texts_are_regular() -> None:
    assert not is_irregular("条约。\n条约\n\n条 约\nTreaty\n约 caf\u00e9\n")


def parted(phrase: str, text: str, *furniture: str) -> list[str]:
    spans = sorted(Span(one.start(), one.end()) for words in furniture for one in re.finditer(re.escape(words), text))
    return [span.of(text) for span in find(phrase, text, "en", with_space(text, spans))]


def test_a_phrase_is_found_over_page_heads_times_of_subtitles_marks_of_quotations_and_of_style() -> None:
    page = "until further\n\n- 7 -\n\f  The Quay News\n\nnotice, it evalu-\n- 8 -\n\fated. The Quay News"
    heads = ("- 7 -", "- 8 -", "The Quay News")
    assert parted("further notice", page, *heads) == ["further\n\n- 7 -\n\f  The Quay News\n\nnotice"]
    assert parted("evaluated", page, *heads) == ["evalu-\n- 8 -\n\fated"]
    assert parted("the quay news", page, *heads) == ["The Quay News", "The Quay News"]
    assert parted("notice", page, *heads) == ["notice"]
    assert parted("7 8", page, *heads) == []
    cue = "closed <i>un</i>til\n\n2\n00:00:03,500 --> 00:00:06,000\n<i>further notice"
    hidden = ("2\n00:00:03,500 --> 00:00:06,000", "<i>", "</i>")
    assert parted("closed until further", cue, *hidden) == [cue.removesuffix(" notice")]
    assert parted("the brown fox", "the\n> brown\n> fox", "> ") == ["the\n> brown\n> fox"]
    assert find("条约", "签署条\n\n头\n约的", "zh", with_space("签署条\n\n头\n约的", [Span(5, 6)])) == [Span(2, 8)]


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS, LANGUAGES)
def test_furniture_hides_no_phrase_and_is_no_part_of_one(before: str, phrase: str, after: str, language: str) -> None:
    """A phrase that is found in a text is found, as often, where a head parts the text at a space."""
    text = f"{before} {phrase} {after}"
    plain = find(phrase, text, language)
    for at in [match.start() for match in re.finditer(" ", text)]:
        head = Span(at + 2, at + 9)
        broken = f"{text[:at]}\n\nHEAD 99\n\n{text[at + 1 :]}"
        assert head.of(broken) == "HEAD 99"
        furniture = with_space(broken, [head])
        spans = find(phrase, broken, language, furniture)
        assert len(spans) == len(plain)
        assert all(len(span) <= most_characters(phrase) + sum(map(len, furniture)) for span in spans)
        assert all(
            widened(Span(at, at), most_characters(phrase), furniture).contains(span)
            for span in spans
            if span.contains(head)
        )


def test_an_elided_article_is_a_word_in_french_only() -> None:
    assert found("eau", "l'eau, d’eau", "fr") == ["eau", "eau"]
    assert found("eau", "l'eau, d’eau", "en") == []
    assert found("évaluation", "l’éva-\nluation, éva-\nluations", "fr") == ["éva-\nluation"]


@settings(deadline=None)
@given(TEXTS, LANGUAGES, st.data())
def test_what_stands_in_a_text_between_word_borders_is_found_there(
    text: str, language: str, data: st.DataObject
) -> None:
    words = text.split()
    first = data.draw(st.integers(0, len(words)))
    phrase = " ".join(words[first : data.draw(st.integers(first, len(words)))])
    position = len(" ".join([*words[:first], ""]))
    text = " ".join(words)
    spans = find(phrase, text, language)
    assert spans or not phrase
    assert not phrase or any(span.start <= position < span.end for span in spans)


@pytest.mark.parametrize(
    ("phrase", "text", "language"),
    [
        ("থেকে", "বা\u09dcি থেকে তিনি ক\u09c7\u09beথায়", "bn"),
        ("word", "the ᾳ alpha and the word \u0627\u0654 end", "und"),
        ("القرآن", "x القرآن y", "ar"),
        ("সোনার", "আমার সোনার বাংলা", "bn"),
        ("கொடு", "அதை கொடு என்றார்", "ta"),
        ("ಕೋಟಿ", "ಎರಡು ಕೋಟಿ ಜನ", "kn"),
        ("ဦး", "ဦးသန့်", "my"),
        ("සේනා", "මහා සේනා", "si"),
        ("각서", "각서에", "ko"),
        ("ᾧ λόγος", "τοῦ ᾧ λόγος", "el"),
        ("\U00011127\U00011131", "\U00011103 \U00011127\U00011131 \U00011104", "und"),
    ],
)
def test_text_is_the_same_composed_or_decomposed_in_every_script(phrase: str, text: str, language: str) -> None:
    for form in ("NFC", "NFD"):
        for other in ("NFC", "NFD"):
            written = unicodedata.normalize(other, text)
            (span,) = find(unicodedata.normalize(form, phrase), written, language)
            assert span.of(written) in (unicodedata.normalize("NFC", phrase), unicodedata.normalize("NFD", phrase))


def test_nothing_is_found_that_begins_or_ends_inside_of_a_character() -> None:
    assert found("ส", "ส่วน", "th") == found("\u0e48ว", "ส่วน", "th") == []
    assert found("x=", "x=\u0338 x\u2260 x=", "und") == ["x="]
    assert found("กรุงเทพ", "ที่กรุงเทพ", "th") == ["กรุงเทพ"]
    assert found("caf\u00e9", "cafe\u200d\u0301 caf\u00e9\u200b", "fr") == ["cafe\u200d\u0301", "caf\u00e9"]


FOLDING = st.lists(
    st.one_of(
        st.sampled_from([piece for piece in PIECES if "\n" not in piece]),
        st.characters(categories=["Lu", "Ll", "Lo", "Mn", "Mc"]),
        st.sampled_from(
            "\u0300\u0345\u0344\u0653\u0654\u064b\u0651\u09bc\u09be\u0bbe\u0cd5\u0dcf\u102e\u1161\u11a8ΐΰẖǰ각ö\u200d "
        ),
    ),
    max_size=12,
).map("".join)


def folded(text: str) -> str:
    seen = re.sub(f"[{IGNORED}]", "", text)
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", seen).casefold())
    return " ".join(re.sub("[’‘ʼ]", "'", re.sub("[“”]", '"', re.sub("[–]", "-", plain))).split())


@settings(deadline=None)
@given(FOLDING, st.sampled_from(["NFC", "NFD", ""]), LANGUAGES, st.data())
def test_every_span_that_is_found_folds_to_what_the_phrase_folds_to(
    text: str, form: Literal["NFC", "NFD", ""], language: str, data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(text)))
    phrase = text[first : data.draw(st.integers(first, len(text)))]
    written = unicodedata.normalize(form, text) if form else text
    for span in find(phrase, written, language):
        assert folded(span.of(written)) == folded(phrase)


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT, LANGUAGES)
def test_matches_lie_in_the_text_in_order_and_are_no_longer_than_can_be(phrase: str, text: str, language: str) -> None:
    spans = find(phrase, text, language)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    if "\u00ad" not in text:
        assert all(len(span) <= most_characters(phrase) for span in spans)


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_case_and_composition_of_either_side_make_no_difference(text: str, language: str) -> None:
    count = len(find(text, text, language))
    for other in (text.casefold(), unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text)):
        assert len(find(other, text, language)) == len(find(text, other, language)) == count


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS, LANGUAGES)
def test_certain_tokens_are_those_of_every_text_that_holds_the_phrase(
    before: str, phrase: str, after: str, language: str
) -> None:
    text = before + phrase + after
    if find(phrase, text, language) and not is_irregular(text):
        assert set(certain_tokens(phrase, language)) <= set(analyze(text, language))


def test_words_at_apostrophes_short_numbers_and_stop_words_are_not_certain() -> None:
    phrase = "the treaties of O'Brien in 16,263 well-known parts, 20 of 2019"
    assert certain_tokens(phrase, "en") == ("treati", "well", "known", "part", "2019")
    assert certain_tokens("It is what it is", "en") == ()


def test_the_spans_that_hold_a_part_of_a_match_are_touched() -> None:
    stretches = (0, 10, 22), (10, 20, 30)
    assert touched(*stretches, [Span(2, 4)]) == {0}
    assert touched(*stretches, [Span(9, 11)]) == {0, 1}
    assert touched(*stretches, [Span(19, 23)]) == {1, 2}
    assert touched(*stretches, [Span(20, 22)]) == set()
    assert touched(*stretches, [Span(5, 25)]) == {0, 1, 2}
    assert touched((), (), [Span(0, 1)]) == touched(*stretches, []) == set()
