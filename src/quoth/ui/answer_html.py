"""An answer as HTML: the question, the verdict in plain words, the passages best first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from quoth.records import Answer, Skipped, State, Verdict, shorten
from quoth.ui.address import Address
from quoth.ui.carried_html import render_carried
from quoth.ui.citation_html import DocumentIds
from quoth.ui.labels import say, say_count
from quoth.ui.passage_html import render_passage
from quoth.ui.reasons import say_reason
from quoth.ui.render_html import Html, element, escape, join, weave
from quoth.ui.sentences import say_carried, say_conditions, say_verdict

_MOST_LISTED = 200
_MOST_OPEN = 5


def render_turn(asked: Address, body: Html, *, current: bool) -> Html:
    """One question and what came of it. The page scrolls to the current one."""
    edit = say("Edit this question: {question}", question=shorten(asked.question, 80))
    return element(
        "section",
        element(
            "div",
            element("h2", element("bdi", escape(asked.question)), class_="question", dir="auto"),
            element("button", escape(say("Edit")), type="button", data_edit=asked.question, aria_label=edit),
            class_="question-line",
        ),
        body,
        class_="turn",
        data_search=asked.search,
        data_current=current,
        tabindex="-1",
    )


def render_answer(
    answer: Answer,
    ids: DocumentIds | None = None,
    asked: Address | None = None,
    languages: Mapping[str, str] | None = None,
) -> Html:
    """`ids`: those of the documents that `also_in` of the hits names, to link to them. `asked`: the turn's address.
    `languages`: of the documents of the hits, by their ids, as far as they are known.
    """
    asked = asked or Address(answer.question)
    passages = join(
        render_passage(answer, number, asked, ids or {}, languages or {}) for number in range(1, len(answer.hits) + 1)
    )
    return join(
        (
            _verdict_line(answer),
            _doubt() if not answer.is_calibrated else Html(""),
            render_conditions(answer),
            render_carried(answer, asked),
            _interrupted() if answer.coverage.interrupted else Html(""),
            element("ol", passages, class_="passages") if answer.hits else Html(""),
        )
    )


def _verdict_line(answer: Answer) -> Html:
    """One quiet line, with the files that could not be searched behind its end."""
    verdict = element("strong", escape(say_verdict(answer.verdict)))
    line = element("p", verdict, escape(f" · {summarise_coverage(answer)}"), class_=f"verdict {answer.verdict}")
    unread = render_unread(answer.coverage.unread, is_open=answer.verdict is Verdict.NOTHING)
    return element("div", line, unread, class_="verdict-line")


def _doubt() -> Html:
    told = say("This verdict was not fitted for the embedding model and says little; {command} fits it.")
    return element("p", weave(told, command=element("code", escape("quoth calibrate"))), class_="conditions")


def _interrupted() -> Html:
    told = say("The last build did not come to its end, so files may be missing. Run quoth build again.")
    return element("p", escape(told), class_="interrupted")


def render_conditions(answer: Answer) -> Html:
    """What its quoted phrases and exclusions did; nothing for a question without any."""
    line = say_conditions(answer)
    return element("p", element("bdi", escape(line)), class_="conditions") if line else Html("")


def render_problem(message: str) -> Html:
    return element("p", escape(message), class_="problem", role="alert")


def describe_verdict(answer: Answer) -> str:
    """The line above the passages, in one piece, for readers who hear it."""
    unread = answer.coverage.unread if answer.verdict is not Verdict.ANSWERS else ()
    not_read = f"; {_summarise_unread(unread)}" if unread else ""
    conditions = "".join(f". {line}" for line in (say_conditions(answer), say_carried(answer)) if line)
    return f"{say_verdict(answer.verdict)}: {summarise_coverage(answer)}{not_read}{conditions}"


def summarise_coverage(answer: Answer) -> str:
    """As in: 3 passages from 1 of 14 documents. Where these do not answer, it says how many passages were searched."""
    coverage = answer.coverage
    if not answer.hits:
        return say_count(
            coverage.documents,
            "{passages} of {n} document searched",
            "{passages} of {n} documents searched",
            passages=_count_passages(coverage.passages),
        )
    found = say_count(
        coverage.documents,
        "{passages} from {found} of {n} document",
        "{passages} from {found} of {n} documents",
        passages=_count_passages(len(answer.hits)),
        found=len({hit.passage.document_id for hit in answer.hits}),
    )
    if answer.verdict is Verdict.ANSWERS:
        return found
    return f"{found} · {say_count(coverage.passages, '{n} passage searched', '{n} passages searched')}"


def _count_passages(number: int) -> str:
    return say_count(number, "{n} passage", "{n} passages")


def render_unread(unread: Sequence[Skipped], *, is_open: bool = False) -> Html:
    """Files that hold no searchable text, or only part of it, with the reasons; nothing when there is none.

    `is_open`: a short list is seen without a click.
    """
    if not unread:
        return Html("")
    entries = [_unread_file(file) for file in unread[:_MOST_LISTED]]
    if len(unread) > _MOST_LISTED:
        rest = say("and {n} more: quoth status lists them all", n=len(unread) - _MOST_LISTED)
        entries.append(element("li", escape(rest)))
    summary = element("summary", escape(_summarise_unread(unread)))
    is_open = is_open and len(unread) <= _MOST_OPEN
    return element("details", summary, element("ul", *entries), class_="unread", open=is_open)


def _unread_file(file: Skipped) -> Html:
    reason = say_reason(file.reason) or say(file.state.label)
    return element("li", element("bdi", escape(file.source), class_="path"), escape(f" — {reason}"))


def _summarise_unread(unread: Sequence[Skipped]) -> str:
    """As in: 2 files need OCR, 1 file read in part."""
    states = Counter(file.state for file in unread)
    scans, partly = states.pop(State.NEEDS_OCR, 0), states.pop(State.PARTLY_READ, 0)
    others = states.total()
    told = (
        say_count(scans, "{n} file needs OCR", "{n} files need OCR") if scans else "",
        say_count(partly, "{n} file read in part", "{n} files read in part") if partly else "",
        say_count(others, "{n} file not read", "{n} files not read") if others else "",
    )
    return ", ".join(filter(None, told))
