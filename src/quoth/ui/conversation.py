"""What the page shows after each step, as values: no gradio here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from quoth.errors import NoIndexError, QuothError
from quoth.ui.address import Address
from quoth.ui.answer_html import describe_verdict, render_answer, render_problem, render_turn
from quoth.ui.home_html import render_empty, render_home
from quoth.ui.needs import ReadingLibrary
from quoth.ui.render_html import Html, element, escape, join
from quoth.ui.source_html import render_source, render_unopened

MOST_TURNS = 50
MOST_CHARACTERS = 2_000
FAILURE = "Something went wrong here. The log of the server says what; your documents and the index are untouched."
GONE = (
    "This document is not in the index: the file was changed or removed since the link was made. "
    "Ask again to find the passage as it is now."
)

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and the HTML of what came of it."""

    question: str
    body: Html


@dataclass(frozen=True, slots=True)
class View:
    """All that changes on the page. `turns` are kept for the reader who sees it, oldest first."""

    turns: tuple[Turn, ...]
    conversation: Html
    source: Html
    notice: Html


def clean_question(text: str) -> str:
    """Without white space around it; lone surrogates, which no encoder takes, become "?"."""
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def object_to(question: str) -> str:
    """Why `question` cannot be asked, for people; "" when it can."""
    if not question:
        return "Type a question first."
    if len(question) > MOST_CHARACTERS:
        return f"This question has {len(question):,} characters; at most {MOST_CHARACTERS:,} can be asked."
    return ""


def ask(library: ReadingLibrary, question: str, turns: Sequence[Turn]) -> View:
    """Ask a question that nothing objects to, and close the source."""
    turn, announcement = _answer(library, question)
    kept = (*turns, turn)[-MOST_TURNS:]
    return View(kept, _render_turns(kept, question), Html(""), render_notice(announcement))


def go_to(library: ReadingLibrary, address: Address, turns: Sequence[Turn]) -> View:
    """Show what `address` says: asks its question unless it was asked before."""
    question = clean_question(address.question)
    objection = object_to(question) if question else ""
    kept, notice = tuple(turns), render_notice(objection, is_hint=True)
    if question and not objection and all(turn.question != question for turn in turns):
        view = ask(library, question, turns)
        kept, notice = view.turns, view.notice
    conversation = _render_turns(kept, question) if question and not objection else _home(library)
    return View(kept, conversation, _open_source(library, address), notice)


def render_notice(text: str, *, is_hint: bool = False) -> Html:
    """The line at the question box. Hints are seen; what the page shows anyway is only read aloud."""
    return element("p", escape(text), role="status", class_="hint" if is_hint else "heard")


def _render_turns(turns: Sequence[Turn], question: str) -> Html:
    current = max((i for i, turn in enumerate(turns) if turn.question == question), default=len(turns) - 1)
    return join(render_turn(turn.question, turn.body, current=i == current) for i, turn in enumerate(turns))


def _answer(library: ReadingLibrary, question: str) -> tuple[Turn, str]:
    announcements: list[str] = []

    def body() -> Html:
        answer = library.ask(question)
        announcements.append(describe_verdict(answer))
        return render_answer(answer)

    return Turn(question, _or_problem(body, render_problem)), "".join(announcements)


def _home(library: ReadingLibrary) -> Html:
    def body() -> Html:
        try:
            return render_home(library.documents(), library.examples())
        except NoIndexError as error:
            return render_empty(str(error))

    return _or_problem(body, render_problem)


def _open_source(library: ReadingLibrary, address: Address) -> Html:
    def body() -> Html:
        try:
            document = library.document(address.document_id)
        except KeyError:
            return render_unopened(address.question, GONE)
        passage = address.passage
        if passage is None or passage.end > len(document.text):
            return render_source(document, replace(address, passage=None, marks=()), None)
        return render_source(document, address, library.cite(address.document_id, passage))

    return _or_problem(body, partial(render_unopened, address.question)) if address.document_id else Html("")


def _or_problem(body: Callable[[], Html], problem: Callable[[str], Html]) -> Html:
    """What `body` makes, else what the reader can do about it. What nobody foresaw goes to the log, not to the page."""
    try:
        return body()
    except QuothError as error:
        return problem(str(error))
    except Exception:
        _logger.exception("making the page failed")
        return problem(FAILURE)
