"""An answer as HTML: the question, the verdict in plain words, the passages best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quoth.records import Answer, Hit, Skipped, Verdict
from quoth.ui.address import Address
from quoth.ui.carried_html import render_carried
from quoth.ui.citation_html import DocumentIds, render_also_in, render_place
from quoth.ui.labels import say, say_count
from quoth.ui.quote_html import render_quote
from quoth.ui.render_html import Html, element, escape, join
from quoth.ui.sentences import say_carried, say_conditions, say_verdict

_MOST_LISTED = 200
_MOST_OPEN = 5


def render_turn(asked: Address, body: Html, *, current: bool) -> Html:
    """One question and what came of it. The page scrolls to the current one."""
    return element(
        "section",
        element("h2", element("bdi", escape(asked.question)), class_="question", dir="auto"),
        body,
        class_="turn",
        data_search=asked.search,
        data_current=current,
        tabindex="-1",
    )


def render_answer(answer: Answer, ids: DocumentIds | None = None, asked: Address | None = None) -> Html:
    """`ids`: those of the documents that `also_in` of the hits names, to link to them. `asked`: the turn's address."""
    asked = asked or Address(answer.question)
    passages = join(_passage(asked, number, hit, ids or {}) for number, hit in enumerate(answer.hits, start=1))
    return join(
        (
            element(
                "p",
                element("strong", escape(say_verdict(answer.verdict))),
                escape(f" · {summarise_coverage(answer)}"),
                class_=f"verdict {answer.verdict}",
            ),
            render_conditions(answer),
            render_carried(answer, asked),
            _interrupted() if answer.coverage.interrupted else Html(""),
            render_unread(answer.coverage.unread, is_open=answer.verdict is Verdict.NOTHING),
            element("ol", passages, class_="passages") if answer.hits else Html(""),
        )
    )


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
    reason = file.reason or say(file.state.label)
    return element("li", element("bdi", escape(file.source), class_="path"), escape(f" — {reason}"))


def _summarise_unread(unread: Sequence[Skipped]) -> str:
    return say_count(len(unread), "{n} file not read, or only in part", "{n} files not read, or only in part")


def _passage(asked: Address, number: int, hit: Hit, ids: DocumentIds) -> Html:
    passage = hit.passage
    address = replace(asked, document_id=passage.document_id, passage=passage.span, marks=hit.highlights)
    return element(
        "li",
        render_quote(hit.passage, hit.highlights),
        element(
            "p",
            element("span", escape(str(number)), class_="number", aria_hidden="true"),
            render_place(hit.citation, address),
            class_="citation",
        ),
        render_also_in(asked, hit.passage.text, hit.also_in, ids),
        _reasons(hit),
        class_="passage",
    )


def _reasons(hit: Hit) -> Html:
    facts = [
        (say("Words of the question"), ", ".join(hit.terms) or say("none")),
        (say("Nearness in meaning (cosine)"), f"{hit.cosine:.2f}"),
        (say("Word score (BM25)"), f"{hit.word_score:.1f}"),
    ]
    if hit.late_score is not None:
        facts.append((say("Word by word (late interaction)"), f"{hit.late_score:.2f}"))
    if hit.cross_score is not None:
        facts.append((say("Read together (cross-encoder)"), f"{hit.cross_score:.2f}"))
    rows = [element("div", element("dt", escape(name)), element("dd", escape(value))) for name, value in facts]
    return element("details", element("summary", escape(say("Why this passage"))), element("dl", *rows), class_="why")
