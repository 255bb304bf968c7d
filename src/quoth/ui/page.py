"""The page in Gradio: where its parts stand and which handler answers which event."""

from __future__ import annotations

from importlib import resources
from typing import Any

import gradio as gr

from quoth.ui.address import parse_address
from quoth.ui.conversation import Turn, View, ask, clean_question, go_to, object_to, render_notice
from quoth.ui.home_html import render_how_to_ask, render_masthead, render_new_conversation
from quoth.ui.needs import ReadingLibrary
from quoth.ui.render_html import join

SANS = ["-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "system-ui", "sans-serif"]
_MOST_SESSIONS = 200  # one with all its turns holds about 1 MB
_MOST_WAITING = 64
_KEPT_S = 4 * 3600
_BUSY = "(...inputs) => { document.getElementById('quoth').dataset.busy = 'true'; return inputs; }"
_READY = "() => { delete document.getElementById('quoth').dataset.busy; }"
_EVENT = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": 4}


def theme() -> Any:
    """System fonts only; colours are those of page.css."""
    return gr.themes.Base(font=SANS, font_mono=["ui-monospace", "monospace"])


def read_static(name: str) -> str:
    return resources.files("quoth.ui").joinpath("static", name).read_text("utf-8")


def build_page(library: ReadingLibrary) -> gr.Blocks:
    with gr.Blocks(title="Quoth", analytics_enabled=False) as blocks:
        parts = _lay_out()
        _connect(library, blocks, parts)
    blocks.queue(default_concurrency_limit=4, max_size=_MOST_WAITING)
    blocks.state_session_capacity = _MOST_SESSIONS
    return blocks


def _lay_out() -> dict[str, Any]:
    parts: dict[str, Any] = {"turns": gr.State((), time_to_live=_KEPT_S)}
    with _html("@children", elem_id="quoth", js_on_load=read_static("page.js")) as parts["page"]:
        with gr.Column(elem_id="talk"):
            _html(value=render_masthead(), elem_id="masthead")
            parts["conversation"] = _html(elem_id="conversation", js_on_load=read_static("conversation.js"))
            with gr.Row(elem_id="asking"):
                parts["box"] = gr.Textbox(
                    label="Question",
                    show_label=False,
                    placeholder="Ask your documents",
                    max_lines=5,
                    container=False,
                    autofocus=True,
                    elem_id="question",
                )
                parts["button"] = gr.Button("Ask", variant="primary", min_width=88, elem_id="ask")
                parts["notice"] = _html(value=render_notice(""), elem_id="notice")
                _html(value=join((render_how_to_ask(), render_new_conversation())), elem_id="how-to-ask")
        parts["source"] = _html(elem_id="source", js_on_load=read_static("source.js"))
    return parts


def _html(template: str = "${value}", *, value: str = "", elem_id: str, js_on_load: str | None = None) -> Any:
    return gr.HTML(value, html_template=template, elem_id=elem_id, js_on_load=js_on_load, apply_default_css=False)


def _connect(library: ReadingLibrary, blocks: gr.Blocks, parts: dict[str, Any]) -> None:
    shown = [parts[name] for name in ("turns", "conversation", "source", "notice")]

    def answer(question: str, turns: tuple[Turn, ...]) -> dict[Any, Any]:
        question = clean_question(question)
        objection = object_to(question)
        if objection:
            return {parts["notice"]: render_notice(objection, is_hint=True)}
        return {parts["box"]: "", **_fill(parts, ask(library, question, turns))}

    def answer_example(event: gr.EventData, turns: tuple[Turn, ...]) -> dict[Any, Any]:
        return answer(str(event.question), turns)

    def navigate(event: gr.EventData, turns: tuple[Turn, ...]) -> dict[Any, Any]:
        return _fill(parts, go_to(library, parse_address(str(event.search)), turns))

    def load(request: gr.Request) -> dict[Any, Any]:
        return _fill(parts, go_to(library, parse_address(str(request.query_params)), ()))

    asked = [parts["box"], *shown]
    for event in (parts["box"].submit, parts["button"].click):
        event(answer, [parts["box"], parts["turns"]], asked, js=_BUSY, **_EVENT).then(None, js=_READY)
    parts["page"].ask(answer_example, parts["turns"], asked, js=_BUSY, **_EVENT).then(None, js=_READY)
    parts["page"].navigate(navigate, parts["turns"], shown, **_EVENT)
    blocks.load(load, None, shown, **_EVENT)


def _fill(parts: dict[str, Any], view: View) -> dict[Any, Any]:
    return {parts[name]: getattr(view, name) for name in View.__dataclass_fields__}
