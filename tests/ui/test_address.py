from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quoth.errors import QuestionError
from quoth.records import Span
from quoth.ui.address import Address, parse_address

OFFSET = st.integers(0, 9_999_999_999)
SPAN = st.tuples(OFFSET, OFFSET).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Span(min(pair), max(pair)))
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)
DOCUMENT_ID = st.text("0123456789abcdef", min_size=1, max_size=32)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.builds(
        Address,
        st.text(st.characters(exclude_categories=["Cs"])),
        DOCUMENT_ID,
        st.none() | SPAN,
        st.lists(SPAN, max_size=10).map(tuple),
        st.none() | OFFSET,
        st.lists(TEXT, max_size=4).map(tuple),
        st.lists(TEXT, max_size=12).map(tuple),
        st.booleans(),
    )
)
def test_an_address_is_read_back_as_it_was_written(address: Address) -> None:
    assert parse_address(address.search) == address


@given(st.text())
def test_any_address_is_read_or_left_out(search: str) -> None:
    address = parse_address(search)
    assert parse_address(address.search) == address


def test_what_makes_no_sense_is_left_out() -> None:
    assert parse_address("?doc=../etc/passwd&s=1-2") == Address()
    read = parse_address("?q=a&doc=d1&s=9-3&m=1-2,x,4-4,5-6&at=-1")
    assert read == Address("a", "d1", None, (Span(1, 2), Span(5, 6)))


@pytest.mark.parametrize(
    "search",
    [
        "?q=a&in=" + "a" * 501,
        "?q=a" + "&in=a" * 201,
        "?q=a" + f"&in={'a' * 400}" * 16,
        "?q=a&drop=" + "a" * 201,
        "?q=a" + "&drop=a" * 13,
        "?q=a" + f"&and={'a' * 2_000}" * 10,
        "?" + "a=1&" * 1000,
    ],
)
def test_an_address_that_is_too_long_is_refused_for_less_of_it_would_ask_other_documents(search: str) -> None:
    with pytest.raises(QuestionError, match="too long; choose a folder or type a pattern"):
        parse_address(search)


def test_two_hundred_documents_can_be_chosen_one_by_one() -> None:
    paths = tuple(f"letters/from the harbour/{number:03}" for number in range(200))
    assert parse_address(Address("a", sources=paths).search).sources == paths


def test_a_question_with_half_a_character_still_has_an_address() -> None:
    assert Address("a\ud800b").search == "?q=a%3Fb"


def test_the_last_earlier_questions_of_an_address_are_kept() -> None:
    assert parse_address("?q=x&after=a&after=b&after=c&after=d&after=e").after == ("b", "c", "d", "e")


def test_what_was_asked_is_the_address_without_the_source() -> None:
    address = Address("q", "d1", Span(1, 2), (Span(1, 2),), 3, ("before",), ("term",))
    assert address.asked == Address("q", after=("before",), drop=("term",))
