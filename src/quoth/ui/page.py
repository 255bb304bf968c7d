"""The page in Gradio: where its parts stand and which handler answers which event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial, wraps
from typing import Any

import gradio as gr

from quoth.citing import sha256
from quoth.errors import QuestionError
from quoth.ui.conversation import (
    MOST_CHARACTERS,
    Turn,
    View,
    ask_beside,
    clean_question,
    count_passages,
    object_to,
    open_address,
    render_notice,
)
from quoth.ui.home_html import (
    render_editing,
    render_how_to_ask,
    render_masthead,
    render_new_conversation,
    render_searching,
)
from quoth.ui.labels import language_of, say, say_error, speaking
from quoth.ui.needs import ReadingLibrary
from quoth.ui.pinning_html import render_desk
from quoth.ui.render_html import Html, element, join
from quoth.ui.static import read_scripts
from quoth.ui.trouble_html import render_trouble
from quoth.ui.views import VIEWS

SANS = ["-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "system-ui", "sans-serif"]
MOST_SESSIONS = 200  # one with all its turns holds about 1 MB
_MOST_WAITING = 64
_KEPT_S = 4 * 3600
_ASK = """(question, turns) => {
  const page = document.getElementById('quoth');
  page.dispatchEvent(new CustomEvent('asking', { detail: question }));
  const edited = page.dataset.editing ?? '';
  if (question.trim()) delete page.dataset.editing;
  return [question, turns, location.search, edited];
}"""
_READY = "() => { document.getElementById('quoth').dispatchEvent(new Event('arrived')); }"
_FAILED = """() => {
  for (const kind of ['trouble', 'arrived']) document.getElementById('quoth').dispatchEvent(new Event(kind));
}"""
_FIRST = element("template", data_stage="first")
"""Before passages whose order is not the last."""
_EVENT = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "concurrency_limit": 4,
    "concurrency_id": "library",  # else four of each event
}


def theme() -> Any:
    """System fonts only; colours are those of page.css."""
    return gr.themes.Base(font=SANS, font_mono=["ui-monospace", "monospace"])


def build_page(library: ReadingLibrary, *, has_password: bool = False) -> gr.Blocks:
    """`has_password`: it stands behind one, so that the reader can leave."""
    with gr.Blocks(title="Quoth", analytics_enabled=False) as blocks:
        parts = _lay_out()
        _connect(library, blocks, parts, has_password=has_password)
    blocks.queue(default_concurrency_limit=4, max_size=_MOST_WAITING)
    blocks.state_session_capacity = MOST_SESSIONS
    blocks.get_config_file = partial(_config_without_heartbeat, blocks.get_config_file)
    return blocks


def _config_without_heartbeat(make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Gradio has every page hold a connection while nothing is asked, too; browsers allow six to one host."""
    return {**make(), "connect_heartbeat": False}


def _lay_out() -> dict[str, Any]:
    parts: dict[str, Any] = {"turns": gr.State((), time_to_live=_KEPT_S)}
    with _html("@children", elem_id="quoth", js_on_load=read_scripts("page")) as parts["page"]:
        with gr.Column(elem_id="talk"):
            parts["masthead"] = _html(elem_id="masthead", js_on_load=read_scripts("masthead"))
            parts["conversation"] = _html(elem_id="conversation", js_on_load=read_scripts("conversation"))
            with gr.Column(elem_id="foot"):
                with gr.Row(elem_id="asking"):
                    parts["choice"] = _html(elem_id="choice")
                    parts["box"] = gr.Textbox(
                        label="Question",
                        show_label=False,
                        max_lines=5,
                        container=False,
                        autofocus=True,
                        elem_id="question",
                    )
                    parts["button"] = gr.Button("Ask", variant="primary", min_width=88, elem_id="ask")
                    parts["notice"] = _html(value=render_notice(""), elem_id="notice")
                    parts["how to ask"] = _html(elem_id="how-to-ask")
                    parts["search"] = gr.Textbox(visible=False)  # filled by _ASK
                    parts["edited"] = gr.Textbox(visible=False)  # filled by _ASK
                parts["trouble"] = _html(value=render_trouble(), elem_id="trouble")
        parts["source"] = _html(elem_id="source", js_on_load=read_scripts("source"))
    return parts


def _html(template: str = "${value}", *, value: str = "", elem_id: str, js_on_load: str | None = None) -> Any:
    return gr.HTML(value, html_template=template, elem_id=elem_id, js_on_load=js_on_load, apply_default_css=False)


def _connect(library: ReadingLibrary, blocks: gr.Blocks, parts: dict[str, Any], *, has_password: bool) -> None:
    handlers = _handlers(library, parts, has_password=has_password)
    if first := library.first_stage():
        early = _handlers(first, parts, has_password=has_password)
        handlers = tuple(_staged(*both, parts) for both in zip(early, handlers, strict=True))
    answer, navigate, load = handlers
    shown = [parts[name] for name in View.__dataclass_fields__]
    inputs = [parts[name] for name in ("box", "turns", "search", "edited")]
    for event in (parts["box"].submit, parts["button"].click):
        _then_ready(event(answer, inputs, shown, js=_ASK, **_EVENT))
    _then_ready(parts["page"].navigate(navigate, parts["turns"], shown, **_EVENT))
    labels = [parts[name] for name in ("masthead", "how to ask", "box", "button", "trouble")]
    _then_ready(blocks.load(load, None, [*shown, *labels], **_EVENT))


def _handlers(library: ReadingLibrary, parts: dict[str, Any], *, has_password: bool) -> tuple[Callable[..., Any], ...]:
    """Of a question, of an address, and of the page itself. Gradio reads their signatures."""

    def answer(question: str, turns: tuple[Turn, ...], search: str, edited: str, request: gr.Request) -> dict[Any, Any]:
        question = clean_question(question)
        with _speaking_to(request):
            objection = object_to(question)
            if objection:
                return {parts["notice"]: render_notice(objection, is_hint=True)}
            try:
                return _fill(parts, ask_beside(library, question, turns, search=search or "", edited=edited or ""))
            except QuestionError as error:
                return {parts["notice"]: render_notice(say_error(error), is_hint=True)}

    def navigate(turns: tuple[Turn, ...], event: gr.EventData, request: gr.Request) -> dict[Any, Any]:
        with _speaking_to(request):
            filled = _fill(parts, open_address(library, str(event.search), turns))
        if filled[parts["conversation"]].startswith(_digested(str(event.digest))):
            del filled[parts["conversation"]]  # it may be a megabyte, and stands there already
        return filled

    def load(request: gr.Request) -> dict[Any, Any]:
        with _speaking_to(request):
            view = open_address(library, str(request.query_params), ())
            return {**_fill(parts, view), **_label(library, parts, has_password=has_password)}

    return answer, navigate, load


def _staged(first: Callable[..., Any], last: Callable[..., Any], parts: dict[str, Any]) -> Callable[..., Iterator[Any]]:
    """Where a question is asked anew, what `first` shows, and then what `last` does, whose turns alone are kept."""

    @wraps(last)
    def run(*given: Any) -> Iterator[Any]:
        filled = first(*given)
        before = next((value for value in given if isinstance(value, tuple)), ())
        if all(turn in before for turn in filled.pop(parts["turns"], ())):
            yield filled
            return
        if parts["conversation"] in filled:
            yield {**filled, parts["conversation"]: join((_FIRST, filled[parts["conversation"]]))}
        yield last(*given)

    return run


def _then_ready(event: Any) -> None:
    """Gradio's `then` leaves out events that failed."""
    event.then(None, js=_READY)
    event.failure(None, js=_FAILED)


def _label(library: ReadingLibrary, parts: dict[str, Any], *, has_password: bool) -> dict[Any, Any]:
    """The parts that say the same whatever is shown, in the reader's language."""
    below = join(
        (
            render_searching(count_passages(library), most=MOST_CHARACTERS),
            render_editing(),
            render_how_to_ask(),
            render_new_conversation(),
            render_desk(library),
        )
    )
    views = {view: say(page.name) for view, page in VIEWS.items()}
    return {
        parts["masthead"]: render_masthead(views, has_password=has_password),
        parts["how to ask"]: below,
        parts["box"]: gr.update(label=say("Question"), placeholder=say("Ask your documents")),
        parts["button"]: gr.update(value=say("Ask")),
        parts["trouble"]: render_trouble(),
    }


def _speaking_to(request: gr.Request) -> AbstractContextManager[None]:
    return speaking(language_of(request.headers.get("accept-language", "")))


def _fill(parts: dict[str, Any], view: View) -> dict[Any, Any]:
    """The conversation begins with its digest, so that the page can say which one it shows."""
    shown = {name: getattr(view, name) for name in View.__dataclass_fields__}
    shown["conversation"] = join((_digested(sha256(view.conversation)[:16]), view.conversation))
    return {parts[name]: value for name, value in shown.items()}


def _digested(digest: str) -> Html:
    return element("template", data_digest=digest)
