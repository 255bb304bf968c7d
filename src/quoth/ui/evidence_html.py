"""The page of what a reader has kept, as HTML. It is empty here: the browser fills it with what only it holds."""

from __future__ import annotations

from quoth.evidence import FORMS
from quoth.ui.address import Address
from quoth.ui.labels import say
from quoth.ui.needs import ReadingLibrary
from quoth.ui.render_html import Html, element, escape, join


def render_evidence(library: ReadingLibrary, address: Address) -> Html:
    """`library` and `address` are those of every page; this one needs neither."""
    return element(
        "section",
        element("h2", escape(say("Evidence")), tabindex="-1"),
        element(
            "p", escape(say("What you pin stays in this browser. Save a file to keep it, or to let others check it."))
        ),
        _files(),
        element("p", escape(say("Nothing is pinned yet: press Pin below a passage.")), class_="none"),
        element("ol", class_="exhibits"),
        element("template", _exhibit()),
        _marks(),
        class_="evidence",
    )


def _files() -> Html:
    saves = [
        element(
            "li",
            element(
                "button", escape(form.label), type="button", data_export=name, data_file=form.file_name, disabled=True
            ),
        )
        for name, form in FORMS.items()
    ]
    chosen = element("input", type="file", accept=".json,application/json", data_import=True)
    return element(
        "div",
        element("p", escape(say("Save as")), id="save-as"),
        element("ul", *saves, aria_labelledby="save-as"),
        element("label", chosen, element("span", escape(say("Open an evidence file")))),
        _button(say("Remove all"), data_clear="pins", disabled=True),
        class_="saving",
    )


def _exhibit() -> Html:
    """One passage, to be filled: nothing of a document stands here."""
    return element(
        "li",
        element(
            "p",
            class_="standing",
            data_moved=say("These words stand at another place now."),
            data_changed=say("These words could not be confirmed when the file was made."),
        ),
        element("blockquote", class_="quote", dir="auto"),
        element(
            "p",
            element("span", class_="number", aria_hidden="true"),
            element(
                "span",
                element("a", element("bdi"), data_open=True, data_carry=True),
                element("bdi", class_="path"),
                class_="place-line",
            ),
            class_="citation",
        ),
        element(
            "p",
            escape(say("Found with")),
            escape(" "),
            element("a", element("bdi"), data_open=True),
            class_="found-with",
        ),
        element(
            "label", element("span", escape(say("Note"))), element("textarea", rows="1", maxlength="5000", dir="auto")
        ),
        element("p", class_="noted"),
        element(
            "p",
            _button(say("Move up"), data_move="-1"),
            _button(say("Move down"), data_move="1"),
            _button(say("Remove"), data_remove=True),
            class_="order",
        ),
    )


def _marks() -> Html:
    return element(
        "div",
        element("h3", escape(say("Right and wrong"))),
        element("p", escape(say("Your marks become a file of questions for quoth eval."))),
        element("p", class_="marked", data_text=say("Marks: {marks}, on questions: {questions}")),
        join(
            (
                _button(say("Save the questions"), data_questions=True, data_file="questions.jsonl", disabled=True),
                _button(say("Remove all marks"), data_clear="marks", disabled=True),
            )
        ),
        class_="marks",
    )


def _button(label: str, **attributes: str | bool) -> Html:
    return element("button", escape(label), type="button", **attributes)
