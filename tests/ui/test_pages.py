"""Pages of one client, and answers that nobody fetches, do not push out what is kept for others."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from quoth.ui.pages import JUST_ASKED_S, MOST_OF_ONE, UNHEARD_S, OpenPages

READER, OTHER, HERE = "192.0.2.7", "192.0.2.8", "127.0.0.1"


class Kept:
    """What became of sessions, and a clock."""

    def __init__(self, most: int = 200) -> None:
        self.forgotten: list[str] = []
        self.hushed: list[str] = []
        self.now_s = 0.0
        self.pages = OpenPages(most, self._forget, self._hush, lambda: self.now_s)

    async def _forget(self, session: str) -> None:
        self.forgotten.append(session)

    async def _hush(self, session: str) -> None:
        self.hushed.append(session)

    def note(self, sessions: Iterable[str], client: str) -> None:
        async def note() -> None:
            for session in sessions:
                await self.pages.note(session, client)

        with ThreadPoolExecutor(1) as pool:  # in a thread where no browser test has left its event loop
            pool.submit(asyncio.run, note()).result()

    def use(self, sessions: Iterable[str], client: str = READER) -> None:
        """Ask, and listen until the answer has come."""
        for session in sessions:
            self.note([session], client)
            with self.pages.listening(session):
                pass


def test_the_page_that_a_client_used_longest_ago_goes_for_one_more_of_it_and_nobody_elses() -> None:
    kept = Kept()
    kept.use(["reader"])
    kept.use((f"s{number}" for number in range(MOST_OF_ONE)), OTHER)
    kept.use(["s0", "one more", "another"], OTHER)
    assert kept.forgotten == ["s1", "s2"]


@pytest.mark.parametrize("client", [HERE, "::1"])
def test_a_proxy_on_this_machine_may_ask_for_any_number_of_readers(client: str) -> None:
    kept = Kept()
    kept.use(map(str, range(200)), client)
    assert kept.forgotten == []


def test_of_too_many_pages_in_all_the_one_used_longest_ago_is_forgotten() -> None:
    kept = Kept(most=3)
    for client in (READER, OTHER, HERE):
        kept.use([f"of {client}"], client)
    kept.use([f"of {READER}", "new"])
    assert kept.forgotten == [f"of {OTHER}"]


def test_a_page_that_waits_for_its_answer_is_not_forgotten() -> None:
    kept = Kept(most=2)
    kept.note(["first"], READER)
    with kept.pages.listening("first"):
        kept.use(["second", "third"])
        assert kept.forgotten == ["second"]
        with kept.pages.listening("third"):
            kept.note(["fourth"], READER)
            assert kept.forgotten == ["second"]
    kept.use(["fifth"])
    assert kept.forgotten == ["second", "first"]


def test_nor_is_one_that_is_about_to_listen() -> None:
    kept = Kept(most=2)
    kept.note(["first"], READER)
    kept.use(["second", "third"])
    assert kept.forgotten == ["second"]
    kept.now_s = JUST_ASKED_S
    kept.use(["fourth"])
    assert kept.forgotten == ["second", "first"]


def test_answers_to_a_page_that_does_not_listen_are_dropped_after_a_minute_its_conversation_is_not() -> None:
    kept = Kept()
    with ExitStack() as stack:
        kept.note(["deaf", "late", "listens", "gone"], READER)
        stack.enter_context(kept.pages.listening("listens"))
        with kept.pages.listening("gone"):
            pass
        kept.now_s = UNHEARD_S
        kept.note(["gone"], READER)
        assert kept.hushed == []
        stack.enter_context(kept.pages.listening("late"))
        kept.now_s += 1
        kept.note(["listens"], READER)
        assert (kept.hushed, kept.forgotten) == (["deaf"], [])
        kept.now_s += UNHEARD_S
        kept.note(["gone", "gone"], READER)  # one that never listens, and never ceases to ask
        assert kept.hushed == ["deaf", "gone"]
