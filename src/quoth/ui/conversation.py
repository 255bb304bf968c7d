"""What the page shows after each step, as values: no gradio here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from quoth.citing import cite
from quoth.errors import NoIndexError, QuestionError, QuothError, SourceError
from quoth.records import Answer, Hit, Original
from quoth.ui.address import MOST_EARLIER, Address, parse_address
from quoth.ui.answer_html import describe_verdict, render_answer, render_problem, render_turn
from quoth.ui.choice_html import render_choice
from quoth.ui.citation_html import DocumentIds
from quoth.ui.home_html import render_empty, render_home
from quoth.ui.labels import say, say_error
from quoth.ui.locating import locate
from quoth.ui.needs import ReadingLibrary
from quoth.ui.pinning_html import render_log
from quoth.ui.render_html import Html, element, escape, join
from quoth.ui.source_html import render_source, render_unopened
from quoth.ui.views import VIEWS

MOST_TURNS = 50
MOST_CHARACTERS = 2_000
FAILURE = "Something went wrong here. The log of the server says what; your documents and the index are untouched."

Made = TypeVar("Made")

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and the HTML of what came of it."""

    question: str
    body: Html
    answer: Answer | None = None
    """None when asking failed."""
    after: tuple[str, ...] = ()
    """Earlier questions that it leans on, oldest first."""
    drop: tuple[str, ...] = ()
    """Terms that the reader would not have taken over."""
    sources: tuple[str, ...] = ()
    """Patterns of the documents that were asked; none means all."""

    @property
    def asked(self) -> Address:
        return Address(self.question, after=self.after, drop=self.drop, sources=self.sources)


@dataclass(frozen=True, slots=True)
class View:
    """All that changes on the page. `turns` are kept for the reader who sees it, oldest first."""

    turns: tuple[Turn, ...]
    conversation: Html
    source: Html
    notice: Html
    choice: Html


def count_passages(library: ReadingLibrary) -> int:
    """That a question is asked of; 0 without an index."""
    try:
        return sum(info.passages for info in library.documents())
    except QuothError:
        return 0


def clean_question(text: str) -> str:
    """Without white space around it; lone surrogates, which no encoder takes, become "?"."""
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def object_to(question: str) -> str:
    """Why `question` cannot be asked, for people; "" when it can."""
    if not question:
        return say("Type a question first.")
    if len(question) > MOST_CHARACTERS:
        return say(
            "This question has {n} characters; at most {most} can be asked.", n=len(question), most=MOST_CHARACTERS
        )
    return ""


def ask(
    library: ReadingLibrary,
    question: str,
    turns: Sequence[Turn],
    sources: Sequence[str] = (),
    *,
    edited: Address | None = None,
) -> View:
    """Ask a question that nothing objects to of the documents that match `sources`, and close the source.

    `edited`: the turn that it takes the place of; it then leans on what stands before that one.
    """
    place = next((i for i, turn in enumerate(turns) if turn.asked == edited), len(turns))
    turn, announcement = _ask(library, Address(question, sources=tuple(sources)), turns[:place])
    kept = (*turns[:place], turn, *turns[place + 1 :])[-MOST_TURNS:]
    choice = render_choice(library, turn.asked)
    return View(kept, _render_turns(kept, turn.asked), Html(""), render_notice(announcement), choice)


def ask_beside(library: ReadingLibrary, question: str, turns: Sequence[Turn], *, search: str, edited: str) -> View:
    """`ask` on a page whose address is `search`; `edited` is that of the turn whose place it takes, else empty.

    Raises QuestionError for an address that is too long.
    """
    replaced = parse_address(edited).asked
    sources = (replaced if replaced.question else parse_address(search)).sources
    return ask(library, question, turns, sources, edited=replaced)


def open_address(library: ReadingLibrary, search: str, turns: Sequence[Turn]) -> View:
    """As `go_to`; of an address that cannot be taken as it is, why."""
    try:
        address = parse_address(search)
    except QuestionError as error:
        told = say_error(error)
        return View(tuple(turns), render_problem(told), Html(""), render_notice(told), Html(""))
    return go_to(library, address, turns)


def go_to(library: ReadingLibrary, address: Address, turns: Sequence[Turn]) -> View:
    """Show what `address` says: asks its question unless it was asked before, with those that it leans on."""
    earlier = tuple(question for question in map(clean_question, address.after) if not object_to(question))
    asked = replace(address.asked, question=clean_question(address.question), after=earlier)
    objection = object_to(asked.question) if asked.question else ""
    kept, notice = () if address.is_new else tuple(turns), render_notice(objection, is_hint=True)
    choice = render_choice(library, replace(address, is_new=False))
    if address.view in VIEWS:
        render = partial(VIEWS[address.view].render, library, asked)
        return View(kept, _or_problem(render, render_problem), _open_source(library, address), notice, choice)
    is_shown = bool(asked.question) and not objection
    if is_shown and all(turn.asked != asked for turn in kept):
        kept, announcement = _ask_again(library, asked, kept)
        notice = render_notice(announcement)
    conversation = _render_turns(kept, asked) if is_shown else _home(library)
    hits = next((turn.answer.hits for turn in kept if turn.asked == asked and turn.answer), ())
    return View(kept, conversation, _open_source(library, address, hits), notice, choice)


def _ask_again(library: ReadingLibrary, asked: Address, turns: tuple[Turn, ...]) -> tuple[tuple[Turn, ...], str]:
    """Another variant of a question that was asked takes its place; else it comes last, after those it leans on."""
    places = [i for i, turn in enumerate(turns) if turn.question == asked.question]
    place = places[-1] if places else len(turns)
    before = list(turns[:place])
    for earlier in asked.after:
        if all(turn.question != earlier for turn in before):
            before.append(_ask(library, Address(earlier, sources=asked.sources), before)[0])
    last = [next(turn for turn in reversed(before) if turn.question == earlier) for earlier in asked.after[-1:]]
    turn, announcement = _ask(library, asked, last)
    return (*before, turn, *turns[place + 1 :])[-MOST_TURNS:], announcement


def render_notice(text: str, *, is_hint: bool = False) -> Html:
    """The line at the question box. Hints are seen; what the page shows anyway is only read aloud."""
    return element("p", escape(text), role="status", class_="hint" if is_hint else "heard")


def _render_turns(turns: Sequence[Turn], asked: Address) -> Html:
    current = max((i for i, turn in enumerate(turns) if turn.asked == asked), default=len(turns) - 1)
    return join(render_turn(turn.asked, turn.body, current=i == current) for i, turn in enumerate(turns))


def _ask(library: ReadingLibrary, asked: Address, turns: Sequence[Turn]) -> tuple[Turn, str]:
    """The new turn and what is read aloud of it. It leans on the last of `turns`, where it leans at all."""
    last = turns[-1] if turns else None

    def answered() -> tuple[Turn, str]:
        history = (last.answer,) if last and last.answer else ()
        answer = library.ask(asked.question, sources=asked.sources, history=history, drop=asked.drop)
        leans = answer.searched_for or answer.keeps_to_named
        found = replace(asked, after=_earlier(last)) if leans and not asked.after else asked
        log = render_log(answer, found, datetime.now(UTC))
        body = join((render_answer(answer, _document_ids(library, answer), found, _languages(library, answer)), log))
        return Turn(found.question, body, answer, found.after, found.drop, found.sources), describe_verdict(answer)

    def failed(message: str) -> tuple[Turn, str]:
        return Turn(asked.question, render_problem(message), None, asked.after, asked.drop, asked.sources), ""

    return _or_problem(answered, failed)


def _earlier(last: Turn | None) -> tuple[str, ...]:
    return (*last.after, last.question)[-MOST_EARLIER:] if last else ()


def _document_ids(library: ReadingLibrary, answer: Answer) -> DocumentIds:
    """Empty where no hit names other documents than its own."""
    if not any(hit.also_in for hit in answer.hits):
        return {}
    return {(info.source, info.file_sha256): info.id for info in library.documents()}


def _languages(library: ReadingLibrary, answer: Answer) -> dict[str, str]:
    """Of the documents that the hits stand in, by their ids."""
    languages = {}
    for document_id in dict.fromkeys(hit.passage.document_id for hit in answer.hits):
        with suppress(KeyError):  # a build has just replaced it
            languages[document_id] = library.document(document_id).info.language
    return languages


def _home(library: ReadingLibrary) -> Html:
    def body() -> Html:
        try:
            return render_home(library.documents(), library.examples(), library.foreign_languages())
        except NoIndexError as error:
            return render_empty(str(error))

    return _or_problem(body, render_problem)


def _open_source(library: ReadingLibrary, address: Address, hits: Sequence[Hit] = ()) -> Html:
    """`hits` are those of the answer that stands beside it."""

    def body() -> Html:
        located = locate(library, address)
        if located is None:
            gone = say(
                "This document is not in the index: the file was changed or removed since the link was made. "
                "Ask again to find the passage as it is now."
            )
            return render_unopened(address.asked, gone)
        document, passage = located.document, located.address.passage
        original = _original(library, document.info.id)
        citation = cite(document, passage) if passage else None
        return render_source(document, located.address, citation, hits, original, located.remark)

    return _or_problem(body, partial(render_unopened, address.asked)) if address.document_id else Html("")


def _original(library: ReadingLibrary, document_id: str) -> Original | None:
    """None when the file is not in the folder any more."""
    try:
        return library.originals.find(document_id)
    except SourceError:
        return None


def _or_problem(body: Callable[[], Made], problem: Callable[[str], Made]) -> Made:
    """What `body` makes, else what the reader can do about it. What nobody foresaw goes to the log, not to the page."""
    try:
        return body()
    except QuothError as error:
        return problem(say_error(error))
    except Exception:
        _logger.exception("making the page failed")
        return problem(say(FAILURE))
