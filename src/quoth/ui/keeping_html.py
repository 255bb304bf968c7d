"""What can be done to the folder, as HTML: add files, remove them, read them again."""

from __future__ import annotations

from quoth.records import BuildReport, Progress
from quoth.render.progress import percent
from quoth.ui.answer_html import render_unread
from quoth.ui.arrivals import Folder, say_size
from quoth.ui.building import BuildState
from quoth.ui.labels import say, say_count
from quoth.ui.render_html import Html, element, escape, join
from quoth.ui.terms import Closed


def render_closed(reason: Closed) -> Html:
    """In place of all that changes the folder."""
    if reason is Closed.NO_PASSWORD:
        said = say(
            "Files cannot be added or removed here, because other machines can reach this page and it asks for no "
            "password. Whoever runs it can set one: quoth serve --password-file FILE."
        )
    elif reason is Closed.READ_ONLY:
        said = say("Files cannot be added or removed here: the page is served for reading only.")
    else:
        said = say("Files cannot be added or removed here.")
    return element("p", escape(said), class_="closed")


def render_keeping(folder: Folder, endings: tuple[str, ...], state: BuildState) -> Html:
    used, limits = folder.used, folder.limits
    limit = say(
        "{endings} · up to {file} a file, {total} in all, of which {used} are used",
        endings=", ".join(endings),
        file=say_size(limits.file),
        total=say_size(limits.total),
        used=say_size(used),
    )
    return join(
        (
            element(
                "div",
                element(
                    "p",
                    element("span", escape(say("Drop files here to add them, or"))),
                    escape(" "),
                    element("button", escape(say("Choose files")), type="button", class_="choose-files"),
                    element(
                        "input",
                        type="file",
                        multiple=True,
                        hidden=True,
                        accept=",".join(f".{ending}" for ending in endings),
                        aria_label=say("Choose files"),
                    ),
                ),
                element("p", escape(limit), class_="limits"),
                class_="drop",
                data_file_limit=str(limits.file),
                data_sending=say("Sending {name}", name="{name}"),
                data_replace=say("Replace it"),
                data_skip=say("Leave it as it is"),
                data_added=say("Added"),
                data_failed=say("The file could not be sent."),
                data_too_big=say("The file is larger than {size}.", size=say_size(limits.file)),
            ),
            element("ul", class_="arrivals", aria_live="polite"),
            element("div", render_building(state), class_="building"),
            _confirm(),
        )
    )


def render_building(state: BuildState) -> Html:
    """How far the build is, or what the last one came to, and the way to start another."""
    if state.is_running:
        return _progress(state.progress)
    start = element("button", escape(say("Read the folder again")), type="button", class_="rebuild")
    return element("div", _outcome(state), start, class_="built")


def _outcome(state: BuildState) -> Html:
    problem = state.problem
    if state.is_unforeseen:
        problem = say("Reading the folder failed; the log of the server says why. The index is as it was.")
    if problem:
        return element("p", escape(problem), class_="problem", role="alert")
    if state.report is None:
        return element("p", escape(say("Files that were changed outside of this page are read again on request.")))
    report = state.report
    return element(
        "div",
        element("p", escape(_describe(report)), role="status"),
        render_unread(report.skipped),
    )


def _describe(report: BuildReport) -> str:
    parts = [
        say_count(len(report.added), "{n} file added", "{n} files added"),
        say_count(len(report.changed), "{n} changed", "{n} changed"),
        say_count(len(report.removed), "{n} removed", "{n} removed"),
        say_count(report.passages, "{n} passage in all", "{n} passages in all"),
    ]
    if ignored := report.ignored.files + report.ignored.folders:
        parts.append(say_count(ignored, "{n} left out by .quothignore", "{n} left out by .quothignore"))
    return " · ".join(parts)


def _progress(progress: Progress) -> Html:
    done = percent(progress)
    step = {
        "scanning": say("Looking through the folder"),
        "reading": say("Reading"),
        "embedding": say("Learning what the passages mean"),
        "saving": say("Saving"),
    }[progress.step]
    file = element("bdi", escape(progress.source), class_="path") if progress.source else Html("")
    return element(
        "div",
        element("p", element("strong", escape(f"{step} · {done} %")), escape(" "), file),
        element(
            "div",
            element("span", style=f"inline-size: {done}%"),
            role="progressbar",
            aria_valuemin="0",
            aria_valuemax="100",
            aria_valuenow=str(done),
            aria_valuetext=f"{step}, {done} %",
            aria_label=say("Reading the folder"),
            class_="bar",
        ),
        class_="running",
    )


def _confirm() -> Html:
    return element(
        "dialog",
        element("p", escape(say("Delete this file from the folder? It cannot be brought back.")), id="confirm-text"),
        element("p", element("bdi"), class_="which"),
        element(
            "div",
            element("button", escape(say("Keep it")), type="button", class_="keep", autofocus=True),
            element("button", escape(say("Delete it")), type="button", class_="delete"),
        ),
        aria_labelledby="confirm-text",
        class_="confirm",
    )
