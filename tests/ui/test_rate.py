from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from quoth.ui.client import client_of
from quoth.ui.rate import OTHERS_PER_QUESTION, RateLimit, TokenBuckets

JOIN = "/gradio_api/queue/join"


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("here")(scope, receive, send)


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limited(clock: Clock) -> RateLimit:
    """Six questions and sixty other requests a minute."""
    return RateLimit(answer, 6, clock)


def client(limited: RateLimit, address: str = "192.0.2.7") -> TestClient:
    return TestClient(limited, client=(address, 50_000))


def test_what_was_taken_comes_back_with_time() -> None:
    buckets = TokenBuckets(60)
    assert [buckets.take("a", 0.0) for _ in range(60)] == [0.0] * 60
    assert buckets.take("a", 0.0) == 1.0
    assert buckets.take("a", 0.75) == pytest.approx(0.25)
    assert buckets.take("a", 1.0) == 0.0
    assert buckets.take("a", 1.0) == pytest.approx(1.0)
    assert [buckets.take("a", 1000.0) for _ in range(61)] == [0.0] * 60 + [1.0]


def test_clients_do_not_take_from_each_other() -> None:
    buckets = TokenBuckets(1)
    assert buckets.take("a", 0.0) == 0.0
    assert buckets.take("a", 0.0) == 60.0
    assert buckets.take("b", 0.0) == 0.0


@given(st.integers(1, 300), st.lists(st.floats(0, 5, allow_nan=False), max_size=200))
def test_no_client_gets_more_than_its_share(per_minute: int, pauses_s: list[float]) -> None:
    buckets, now_s, taken = TokenBuckets(per_minute), 0.0, 0
    for pause_s in pauses_s:
        now_s += pause_s
        taken += buckets.take("a", now_s) == 0.0
    assert taken <= per_minute * (1 + now_s / 60) + 1e-6


@given(st.integers(1, 300), st.floats(0, 100))
def test_who_waits_as_long_as_was_said_gets_it(per_minute: int, begin_s: float) -> None:
    buckets = TokenBuckets(per_minute)
    wait_s = next(filter(None, (buckets.take("a", begin_s) for _ in count())))
    assert buckets.take("a", begin_s + wait_s + 1e-6) == 0.0


def test_no_more_clients_are_remembered_than_was_said() -> None:
    buckets = TokenBuckets(1, most_clients=100)
    for number in range(1_000):
        buckets.take(str(number), 0.0)
    assert len(buckets) == 100
    assert buckets.take("999", 0.0) > 0
    assert buckets.take("0", 0.0) == 0.0


def test_too_many_questions_are_refused_until_the_time_that_is_said(limited: RateLimit, clock: Clock) -> None:
    reader = client(limited)
    assert [reader.post(JOIN).status_code for _ in range(7)] == [200] * 6 + [429]
    refused = reader.post(JOIN)
    assert refused.headers["retry-after"] == "10"
    assert refused.text == "Many people are asking just now; try again in a moment."
    clock.now_s = 10
    assert [reader.post(JOIN).status_code for _ in range(2)] == [200, 429]


def test_it_is_refused_in_the_language_of_the_reader(limited: RateLimit) -> None:
    reader = client(limited)
    german = {"Accept-Language": "de-DE,de;q=0.9"}
    answered = [reader.post(JOIN, headers=german).text for _ in range(7)]
    assert answered[-1] == "Gerade fragen viele; versuchen Sie es gleich noch einmal."


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/quoth/table.csv"),
        ("GET", "/quoth/mentions.csv"),
        ("GET", "/quoth/boxes/0a1b"),
        ("POST", "/quoth/evidence/word"),
    ],
)
def test_files_that_the_library_works_for_count_as_questions(limited: RateLimit, method: str, path: str) -> None:
    reader = client(limited)
    assert [reader.request(method, path).status_code for _ in range(7)] == [200] * 6 + [429]


def test_another_client_is_answered_meanwhile(limited: RateLimit) -> None:
    assert [client(limited).post(JOIN).status_code for _ in range(7)][-1] == 429
    assert client(limited, "192.0.2.8").post(JOIN).status_code == 200


def test_other_requests_have_a_limit_of_their_own(limited: RateLimit) -> None:
    reader = client(limited)
    most = 6 * OTHERS_PER_QUESTION
    assert [reader.get("/quoth/x").status_code for _ in range(most + 1)] == [200] * most + [429]
    assert reader.post(JOIN).status_code == 200
    assert [reader.get("/assets/index.js").status_code for _ in range(2 * most)] == [200] * 2 * most


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::1"),
        ("testclient", "testclient"),
    ],
)
def test_a_client_is_an_address_or_a_network(address: str, expected: str) -> None:
    assert client_of({"type": "http", "client": (address, 1)}) == expected


def test_connections_without_an_address_are_one_client() -> None:
    assert client_of({"type": "http", "client": None}) == client_of({"type": "http"}) == ""
