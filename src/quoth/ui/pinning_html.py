"""What a reader keeps of an answer, as HTML: buttons that pin a passage and say whether it answers.

The scripts of static/page keep both in the browser; these elements carry what they need, in attributes.
"""

from __future__ import annotations

import json
from datetime import datetime

from quoth.evidence import Log, log_fields
from quoth.records import Answer, Citation, label_of
from quoth.render.json_writing import citation_fields, dump
from quoth.ui.address import Address
from quoth.ui.labels import say
from quoth.ui.needs import ReadingLibrary
from quoth.ui.render_html import Html, element, escape


def render_keeping(citation: Citation, document_id: str) -> Html:
    """Of one passage of an answer."""
    answers = _toggle(say("Answers"), data_mark="answers", title=say("Say that this passage answers the question"))
    wrong = _toggle(
        say("Does not answer"), data_mark="wrong", title=say("Say that this passage does not answer the question")
    )
    return _keeping(citation, document_id, _pin(), answers, wrong)


def render_pin(citation: Citation, document_id: str) -> Html:
    """Of one passage of a list."""
    return _keeping(citation, document_id, _pin())


def _keeping(citation: Citation, document_id: str, *buttons: Html) -> Html:
    return element(
        "span",
        *buttons,
        class_="pinning",
        data_citation=dump(citation_fields(citation), indent=None),
        data_document=document_id,
        data_label=label_of(citation, say),
    )


def _pin() -> Html:
    return _toggle(say("Pin"), data_pin=True, title=say("Keep this passage as evidence"))


def render_log(answer: Answer, asked: Address, asked_at: datetime) -> Html:
    """Of one answer: how it was found, for what is pinned of it, and the word that nothing in it answers."""
    title = say("Say that the documents do not answer this question")
    return element(
        "p",
        _toggle(say("Nothing here answers"), data_mark="nothing", title=title),
        class_="log",
        data_log=write_log(answer, asked, asked_at),
    )


def write_log(answer: Answer, asked: Address, asked_at: datetime) -> str:
    """How it was found, as JSON."""
    log = Log(
        question=answer.question,
        asked_at=asked_at,
        generation=answer.coverage.generation,
        model=answer.coverage.model,
        verdict=answer.verdict,
        probability=answer.probability,
        history=asked.after,
        sources=asked.sources,
        drop=asked.drop,
    )
    return json.dumps(log_fields(log), ensure_ascii=False)


def render_desk(library: ReadingLibrary) -> Html:
    """Where the scripts say what became of a click; its attributes are what they say, in the reader's language."""
    return element(
        "div",
        element("p", role="status"),
        element("button", escape(say("Undo")), type="button", data_undo=True, hidden=True),
        class_="desk",
        data_library=library.identity,
        data_full=say("This browser has no more room for it. Save an evidence file, then remove passages."),
        data_damaged=say("What this browser had kept could not be read. It was set aside, not deleted."),
        data_removed=say("Removed."),
        data_failed=say("The server could not be reached."),
        data_added=say("Passages added: {n}."),
        data_too_big=say("This file is too big to be an evidence file."),
    )


def _toggle(label: str, **attributes: str | bool) -> Html:
    return element("button", escape(label), type="button", aria_pressed="false", **attributes)
