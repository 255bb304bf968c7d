"""Questions to each document as HTML: documents are rows, questions columns, cells hold the best passage or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from quoth.errors import QuestionError
from quoth.records import Answer, DocumentInfo, EachAnswer, Hit, Span, Verdict, label_of, place_of
from quoth.ui.address import Address
from quoth.ui.answer_html import render_problem, render_unread
from quoth.ui.choice_html import pattern_of, render_choice
from quoth.ui.citation_html import render_path
from quoth.ui.labels import say, say_count, say_error
from quoth.ui.list_html import Asked, last_page, render_download, render_kept, render_pages
from quoth.ui.needs import ReadingLibrary
from quoth.ui.passage_html import render_copy_quote
from quoth.ui.pinning_html import render_pin, write_log
from quoth.ui.quote_html import render_quote
from quoth.ui.render_html import Html, element, escape, join
from quoth.ui.trace import trace_document

MOST_QUESTIONS = 6
MOST_CELLS = 120
MOST_ROWS = 50
_QUOTED = 300
"""Characters of a passage in a cell; its link leads to all of it."""
_FEW = 3
"""Questions up to which the table needs no scroll bar of its own."""


def render_table(library: ReadingLibrary, address: Address) -> Html:
    """The view "table"."""
    questions = questions_of(address)
    too_many = len({*map(_clean, (address.question, *address.others))} - {""}) > MOST_QUESTIONS
    told = say("At most {n} questions are asked at once; the others were left out.", n=MOST_QUESTIONS)
    everywhere = say("Asks each document the same questions. No document is left out.")
    lead = say("Asks each of the chosen documents the same questions.") if address.sources else everywhere
    return element(
        "section",
        element("h2", escape(say("Table"))),
        element("p", escape(lead), class_="lead"),
        render_choice(library, replace(address, page=1)),
        _form(address, questions),
        element("p", escape(told), class_="interrupted") if too_many else Html(""),
        _answered(library, address, questions) if questions else Html(""),
        class_="view table",
        tabindex="-1",
    )


def questions_of(address: Address) -> tuple[str, ...]:
    """Each once, without empty ones; no more than can be asked at once."""
    asked = filter(None, map(_clean, (address.question, *address.others)))
    return tuple(dict.fromkeys(asked))[:MOST_QUESTIONS]


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def _form(address: Address, questions: Sequence[str]) -> Html:
    more = element("button", escape(say("Add a question")), type="button", data_add=str(MOST_QUESTIONS), class_="quiet")
    return element(
        "form",
        render_kept(address),
        element("ol", *(_input(number, question) for number, question in enumerate(questions or ("",), start=1))),
        element("p", element("button", escape(say("Ask each document")), type="submit", class_="act"), more),
        action="?",
        data_go=True,
        class_="asked-form",
    )


def _input(number: int, question: str) -> Html:
    label = element("span", escape(say("Question {n}", n=number)))
    name = "q" if number == 1 else "and"
    field = element("input", name=name, value=question, type="text", dir="auto", autocomplete="off", maxlength="2000")
    return element("li", element("label", label, field))


def _answered(library: ReadingLibrary, address: Address, questions: Sequence[str]) -> Html:
    try:
        size = min(MOST_ROWS, MOST_CELLS // len(questions))
        answers, page = _ask(library, address, questions, size)
    except QuestionError as error:
        return render_problem(say_error(error))
    first = answers[0]
    asked = Asked(replace(address.asked, page=page), last_page(first.documents, size))
    download = render_download("table.csv", address)
    found = sum(answer.verdict is Verdict.ANSWERS for row in _rows(answers) for _, answer in row)
    counted = say_count(first.documents, "{n} document", "{n} documents")
    told = say_count(found, "{n} cell answers on this page", "{n} cells answer on this page")
    return join(
        (
            element("p", escape(f"{counted} · {told}"), class_="verdict", role="status"),
            download,
            _table(library, asked.address, answers),
            render_pages(asked),
            render_unread(first.unread),
        )
    )


def _ask(
    library: ReadingLibrary, address: Address, questions: Sequence[str], size: int
) -> tuple[list[EachAnswer], int]:
    """The answers of one part of the documents, the last one for a number beyond it."""

    def ask(page: int) -> list[EachAnswer]:
        offset = (page - 1) * size
        return [library.ask_each(one, sources=address.sources, offset=offset, limit=size) for one in questions]

    answers = ask(address.page)
    last = last_page(answers[0].documents, size)
    return (answers, address.page) if address.page <= last else (ask(last), last)


def _rows(answers: Sequence[EachAnswer]) -> list[list[tuple[DocumentInfo, Answer]]]:
    """By document. What a build has added or removed between two questions is left to the next look."""
    columns = [{row.document.id: row for row in answer.rows} for answer in answers]
    ids = [row.document.id for row in answers[0].rows if all(row.document.id in column for column in columns)]
    return [[(column[name].document, column[name].answer) for column in columns] for name in ids]


def _table(library: ReadingLibrary, asked: Address, answers: Sequence[EachAnswer]) -> Html:
    questions = [answer.question for answer in answers]
    heads = [
        element("th", element("bdi", escape(question)), role="columnheader", scope="col", dir="auto")
        for question in questions
    ]
    corner = element("th", escape(say("Document")), role="columnheader", scope="col")
    body = [_row(library, asked, row) for row in _rows(answers)]
    table = element(
        "table",
        element("thead", element("tr", corner, *heads, role="row"), role="rowgroup"),
        element("tbody", *body, role="rowgroup"),
        role="table",
        aria_label=say("What each document says"),
    )
    is_wide = len(questions) > _FEW
    return element(
        "div",
        table,
        class_="sheet-of-answers wide" if is_wide else "sheet-of-answers",
        tabindex="0" if is_wide else False,
        role="region" if is_wide else False,
        aria_label=say("Table") if is_wide else False,
    )


def _row(library: ReadingLibrary, asked: Address, row: Sequence[tuple[DocumentInfo, Answer]]) -> Html:
    info = row[0][0]
    opened = replace(asked, document_id=info.id, trace=trace_document(info))
    title = element("a", element("bdi", escape(info.title)), href=opened.search, data_open=True)
    head = element("th", title, render_path(info.source, info.title), role="rowheader", scope="row")
    return element("tr", head, *(_cell(library, asked, document, answer) for document, answer in row), role="row")


def _cell(library: ReadingLibrary, asked: Address, document: DocumentInfo, answer: Answer) -> Html:
    text = element("bdi", escape(answer.question))
    question = element("p", text, class_="of-question", dir="auto", aria_hidden="true")
    if not answer.hits:
        missing = element("p", escape(say("not found")), class_="judged nothing")
        return element("td", question, missing, role="cell", class_="missing")
    hit = answer.hits[0]
    shown = _shown(hit)
    judged = say("answers") if answer.verdict is Verdict.ANSWERS else say("closest")
    address = asked.at_source(hit.passage.document_id, hit.citation, hit.highlights)
    link = element("a", element("bdi", escape(_where(hit))), href=address.search, data_open=True)
    return element(
        "td",
        question,
        element("p", escape(judged), class_=f"judged {answer.verdict}"),
        element(
            "div",
            render_quote(hit.reading, (), document.language, shown),
            element("p", link, class_="citation"),
            element("p", _pin(library, document.id, shown), render_copy_quote(), class_="actions"),
            class_="quoted",
            data_log=write_log(answer, Address(sources=(pattern_of(document.source),)), datetime.now(UTC)),
        ),
        role="cell",
    )


def _pin(library: ReadingLibrary, document_id: str, shown: Span) -> Html:
    """Keeps what is shown; nothing where a build has just replaced the document."""
    try:
        return render_pin(library.cite(document_id, shown), document_id)
    except KeyError:
        return Html("")


def _where(hit: Hit) -> str:
    """Without the title, which stands at the head of the row."""
    return place_of(hit.citation, say) or label_of(hit.citation, say)


def _shown(hit: Hit) -> Span:
    """The sentences that answer, else the passage from its beginning, cut after a word where it is long."""
    whole = hit.passage.span
    span = Span(hit.highlights[0].start, hit.highlights[-1].end) if hit.highlights else whole
    text = hit.passage.text[span.start - whole.start : span.end - whole.start]
    if len(text) > _QUOTED:
        cut = text.rfind(" ", _QUOTED // 2, _QUOTED)
        text = text[: cut if cut > 0 else _QUOTED]
    return Span(span.start, span.start + len(text))
