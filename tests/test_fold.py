from __future__ import annotations

import random
import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.browser.shelf import make_document

from quoth.fold import at_most, fold, join, wording
from quoth.records import Document, Heading, Passage, Span

LETTER = "Dear Ottilie, the lighthouse went dark on Tuesday at eleven. Nobody was near the lamp, and the keeper slept."
WORDS = (
    "the committee has read all of the letters that were sent to it by people who live near the coast and it thinks "
    "that the lamp should be lit again before winter comes because so many of the boats that go out at night have to "
    "find their way home past the rocks which lie under the water where they cannot be seen by anybody from a boat"
)


@pytest.mark.parametrize(
    "copy",
    [
        LETTER.replace(" ", "\n"),
        LETTER.upper(),
        LETTER.replace("lighthouse", "light-\nhouse"),
        LETTER.replace("lighthouse", "light\u00adhouse"),
        LETTER.replace(",", " —").replace(".", "…"),
        f"**{LETTER}**",
        LETTER.replace("Dear", "“Dear”"),
    ],
)
def test_the_same_words_fold_whatever_their_layout(copy: str) -> None:
    assert fold([LETTER, "Roses need pruning.", copy]) == [(0, 2), (1,)]
    assert wording(LETTER, copy) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("In 2019 it grew by 5 %.", "In 2020 it grew by 6 %."),
        ("It grew by 5 to 6 %.", "It grew by 6 to 5 %."),
        ("It grew by 1.5 %.", "It grew by 15 %."),
        ("It cost $ 300.", "It cost € 300."),
        ("It is -5 degrees.", "It is 5 degrees."),
        ("He slept.", "He slept?"),
        ("The keeper did not sleep.", "The keeper did sleep."),
        ("कि", "की"),
        ("1/2 tablets", "1.2 tablets"),
        ("Take 1/2", "Take 1-2"),
        ("pages 3–5", "pages 3.5"),
        ("1.500 mg", "1,500 mg"),
        ("1, 500 mg", "1 500 mg"),
        ("It was –5 °C", "It was 5 °C"),
        ("It was −5 °C", "It was 5 °C"),
        ("It was - 5 °C", "It was 5 °C"),
        ("It was −\n5 °C", "It was 5 °C"),
        ("(− 5)", "(5)"),
        ("10⁵ cells", "105 cells"),
        ("1½ cups", "11/2 cups"),
        ("xⁿ", "xn"),
        ('5" pipe', "5' pipe"),
        ("5″", "5′"),
        ("5 MW", "5 mW"),
        ("5MW", "5mW"),
        ("power in MW", "power in mW"),
        ("10 Mb", "10 MB"),
        ("10 mg/kg", "10 mg kg"),
        ("runs if a != b", "runs if a = b"),
        ("runs if !ready", "runs if ready"),
        ("~5 mg", "5 mg"),
        ("± 5 mg", "5 mg"),
        ("Net income (1,234)", "Net income 1,234"),
        ("Net income ( 1,234 )", "Net income 1,234"),
        ("written in C#", "written in C"),
        ("2^10", "2 10"),
        ("2 ^ 10", "2 10"),
        ("5 - 3", "5 3"),
        ("5! ways", "5 ways"),
        ("a -> b", "a > b"),
        ("x − y = 3", "x y = 3"),
        ("x-y", "xy"),
        ("x-y", "x y"),
        ("P(A | B)", "P(A B)"),
        ("in Maßen", "in Massen"),
        ("read_only", "read only"),
        ("—", "…"),
    ],
)
def test_short_texts_with_another_number_sign_or_word_do_not_fold(one: str, other: str) -> None:
    assert fold([one, other]) == [(0,), (1,)]
    assert wording(one, other) != "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It grew by 5 % in 2019, and by 1 500 mg.", "It grew\nby 5\u00a0% in  2019 and by 1\u202f500 mg"),
        ("In 1914–1918 it was COVID-19.", "In 1914–\n1918 it was COVID-\n19."),
        ("The e-mail of the well-known man", "The e-\nmail of the well-\nknown man"),
        ("“Come,” he said – ‘and don’t wait’", "\"Come\" he said: 'and don't wait'"),
        ("THE KEEPER’S LAMP", "The keeper's lamp"),
        ("the ﬁrst oﬃce", "the first office"),
        ("light\u00ad\nhouse", "lighthouse"),
    ],
)
def test_layout_and_punctuation_between_words_make_no_difference(one: str, other: str) -> None:
    assert fold([one, other]) == [(0, 1)]
    assert wording(one, other) == "same"


figures = st.text("0127.,:/'\"-–−^⁵²½″′°()~±%$ mM", min_size=1, max_size=8).filter(
    lambda text: any("0" <= c <= "9" for c in text)
)


@given(figures, figures)
def test_figures_that_are_written_otherwise_do_not_fold(one: str, other: str) -> None:
    written = [re.sub(r"[.,:](?=\s|$)", "", re.sub(r"\s+", "", text)) for text in (one, other)]
    if written[0] != written[1]:
        assert fold([f"It was {one}", f"It was {other}"]) == [(0,), (1,)]


@given(
    st.lists(st.text("ab5,.−()", min_size=1), min_size=1),
    st.lists(st.sampled_from([" ", "\n", "\u00a0", " \r\n\t"]), min_size=9),
)
def test_white_space_never_makes_a_difference(words: list[str], spaces: list[str]) -> None:
    other = "".join(word + spaces[position % len(spaces)] for position, word in enumerate(words))
    assert fold([" ".join(words), other]) == [(0, 1)]


def test_a_long_text_folds_with_one_that_has_a_word_or_an_article_more() -> None:
    more = WORDS.replace("the boats", "the small boats")
    article = WORDS.replace("the boats", "boats")
    assert fold([WORDS, more, article]) == [(0, 1, 2)]
    assert wording(WORDS, more) == wording(WORDS, article) == "near"


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("cannot be", "can be"),
        ("people who live", "people who do not live"),
        ("the coast", "Bergen"),
        ("so many", "seven"),
        ("all of the letters", "412 letters"),
        ("winter comes", "winter comes < 1"),
        ("comes", "arrives"),
        ("before winter", "after winter"),
        ("should be", "may be"),
        ("should be", "shall be"),
        ("by people", "to people"),
        ("cannot be seen by anybody", "cannot be seen by anybody in full"),
        ("boats that", "twenty boats that"),
        ("boats that", "twenty-one boats that"),
        ("boats that", "einundzwanzig boats that"),
        ("boats that", "dreihundert boats that"),
        ("boats that", "vingt-deux boats that"),
        ("boats that", "treinta boats that"),
        ("boats that", "partly boats that"),
        ("letters that were sent", "were letters that sent"),
        ("and it thinks", "or it thinks"),
    ],
)
def test_a_long_text_does_not_fold_where_a_negation_a_name_a_number_or_a_sign_differs(word: str, other: str) -> None:
    assert word in WORDS
    assert fold([WORDS, WORDS.replace(word, other, 1)]) == [(0,), (1,)]


def test_what_a_number_counts_may_not_differ() -> None:
    text = f"{WORDS} and it wants 5 grams"
    assert fold([text, text.replace("grams", "ounces")]) == [(0,), (1,)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thirty", "twenty"),
        ("the tenant pays the landlord", "the landlord pays the tenant"),
        ("who may enter", "who shall enter"),
        ("paid before the winter", "paid after the winter"),
        ("paid in full", "paid in part"),
        ("dreißig", "zwanzig"),
        ("quatorze", "quinze"),
        ("der Mieter dem Vermieter", "dem Mieter der Vermieter"),
    ],
)
def test_no_replaced_word_folds_however_long_the_text(one: str, other: str) -> None:
    around = " ".join(f"{WORDS} {letter}" for letter in "abcd")
    assert fold([f"{around} {one} {WORDS}", f"{around} {other} {WORDS}"]) == [(0,), (1,)]


no_articles = [word for word in WORDS.split() if word not in ("the", "that", "a")]


@given(st.integers(0, 50), st.sampled_from(no_articles), st.sampled_from(["lamplight", *no_articles]))
def test_a_word_that_takes_the_place_of_another_never_folds(position: int, old: str, new: str) -> None:
    words = WORDS.split()
    one, other = ([*words[:position], word, *words[position:], *words] for word in (old, new))
    assert fold([" ".join(one), " ".join(other)]) == ([(0, 1)] if old == new else [(0,), (1,)])


def test_a_copy_of_a_part_is_told_from_a_copy() -> None:
    assert wording("The lamp is dark. The keeper slept.", "The Keeper slept") == "part"
    assert wording("The lamp is dark.", "The lamp is darker.") == "near"


texts = st.lists(st.text("ab1. \n", max_size=12) | st.sampled_from([LETTER, WORDS, f"{WORDS} now"]), max_size=8)


@given(texts)
def test_every_text_is_in_one_group_and_the_order_is_kept(found: list[str]) -> None:
    groups = fold(found)
    assert sorted(position for group in groups for position in group) == list(range(len(found)))
    assert all(group == tuple(sorted(group)) for group in groups)
    assert groups == sorted(groups)


@given(texts, st.integers(0, 7), st.text("ab1", min_size=1))
def test_folding_does_not_depend_on_what_else_was_found(found: list[str], position: int, other: str) -> None:
    """Rare triples are looked up first; which are rare depends on the others, what folds must not."""
    pairs = {(a, b) for group in fold([*found, other]) for a in group[:1] for b in group[1:]}
    assert all(fold([[*found, other][a], [*found, other][b]]) == [(0, 1)] for a, b in pairs)


@given(st.lists(st.integers(0, 3), max_size=3), st.lists(st.integers(0, 3), max_size=3))
def test_near_texts_are_found_however_common_their_words_are(added: list[int], changed: list[int]) -> None:
    base = [f"{chr(97 + n // 10)}{chr(97 + n % 10)}zz" for n in range(90)]
    one = " ".join(base)
    for n in added:
        base.insert(n * 20, "indeed")
    for n in changed:
        base[n * 20 + 7] = "perhaps"
    other = " ".join(base)
    triples = [{tuple(padded[i : i + 3]) for i in range(len(padded) - 2)}
               for padded in (["", "", *text.split(), "", ""] for text in (one, other))]  # fmt: skip
    is_near = not changed and len(triples[0] & triples[1]) >= 0.9 * len(triples[0] | triples[1])
    assert fold([one, "xx yy", other])[0] == ((0, 2) if is_near else (0,))


def test_a_thousand_records_of_one_form_fold_fast() -> None:
    chance = random.Random(1)
    words = WORDS.split()
    many = [" ".join([*words, *chance.sample(words, 25)]) for _ in range(1000)]
    started = time.process_time()
    assert len(fold(many)) == 1000
    assert time.process_time() - started < 5


def passages_of(document: Document, *spans: Span) -> list[Passage]:
    return [Passage(str(span), document.info.id, span, (span,), span.of(document.text)) for span in spans]


def join_in(document: Document, *spans: Span, within: int = 10, most: int = 100) -> list[tuple[int, ...]]:
    return join(passages_of(document, *spans), lambda _: document, within=within, most_characters=most)


TEXT = "One.  Two. x Three.\n\nFour. Five."
ONE, TWO, THREE, FOUR, FIVE = (Span(TEXT.index(word), TEXT.index(word) + len(word))
                               for word in ("One.", "Two.", "Three.", "Four.", "Five."))  # fmt: skip
DOCUMENT = make_document("a.txt", TEXT)


def test_neighbours_with_only_white_space_between_are_one() -> None:
    assert join_in(DOCUMENT, TWO, FIVE, ONE, FOUR, THREE) == [(0, 2), (1, 3, 4)]


def test_overlapping_passages_are_one() -> None:
    assert join_in(DOCUMENT, Span(0, 8), Span(6, 15), Span(7, 9)) == [(0, 1, 2)]


def test_no_stretch_crosses_a_heading() -> None:
    parted = replace(DOCUMENT, outline=(Heading(0, 1, "A"), Heading(FIVE.start, 1, "A")))
    assert join_in(parted, THREE, FOUR, FIVE) == [(0, 1), (2,)]


def test_no_stretch_is_longer_than_allowed_and_the_better_neighbour_is_taken() -> None:
    assert join_in(DOCUMENT, FOUR, FIVE, THREE, most=len("Three.\n\nFour.")) == [(0, 1), (2,)]
    assert join_in(DOCUMENT, FOUR, THREE, FIVE, most=len("Three.\n\nFour.")) == [(0, 1), (2,)]
    assert join_in(DOCUMENT, FOUR, FIVE, most=3) == [(0,), (1,)]


def test_only_the_first_are_joined() -> None:
    assert join_in(DOCUMENT, ONE, FIVE, TWO, FOUR, within=3) == [(0, 2), (1,), (3,)]


def test_equal_places_of_different_documents_are_not_neighbours() -> None:
    other = make_document("b.txt", TEXT)
    documents = {document.info.id: document for document in (DOCUMENT, other)}
    passages = passages_of(DOCUMENT, ONE) + passages_of(other, TWO)
    assert join(passages, documents.__getitem__, within=9, most_characters=99) == [(0,), (1,)]


@given(
    st.text(" \na.", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8), st.data()
)
def test_a_stretch_is_gapless_text_of_its_document(
    text: str, places: list[tuple[int, int]], data: st.DataObject
) -> None:
    spans = [Span(start, min(len(text), start + length)) for start, length in places if start < len(text)]
    headings = data.draw(st.lists(st.integers(0, 60), max_size=2).map(sorted))
    document = replace(make_document("a.txt", text), outline=tuple(Heading(start, 1, "H") for start in headings))
    within, most = data.draw(st.integers(0, 9)), data.draw(st.integers(0, 60))
    groups = join_in(document, *spans, within=within, most=most)
    assert sorted(position for group in groups for position in group) == list(range(len(spans)))
    assert [min(group) for group in groups] == sorted(group[0] for group in groups)
    for group in groups:
        parts = [spans[position] for position in group]
        whole = Span(min(part.start for part in parts), max(part.end for part in parts))
        left_out = [c for offset, c in enumerate(text[whole.start : whole.end], whole.start)
                    if not any(part.start <= offset < part.end for part in parts)]  # fmt: skip
        assert not "".join(left_out).strip()
        if len(group) > 1:
            assert len(whole) <= most
            assert max(group) < within
            first = min(part.start for part in parts)
            assert not [start for start in headings if first < start <= max(part.start for part in parts)]


@given(st.integers(1, 3), st.lists(st.sampled_from("abc")))
def test_no_document_has_more_than_asked_for_and_the_others_keep_theirs(most: int, ids: list[str]) -> None:
    kept = [ids[position] for position in at_most(most, ids)]
    assert {one: kept.count(one) for one in set(ids)} == {one: min(most, ids.count(one)) for one in set(ids)}
    assert at_most(most, ids) == sorted(at_most(most, ids))
