"""What an answer says of quoted phrases and of what was left out, in text and Markdown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.render.examples import FOLDER, NEWS, answer_of

from quoth.records import Answer, Verdict
from quoth.render import answer_json, answer_markdown, answer_text

NOTHING = answer_of(verdict=Verdict.NOTHING)


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (replace(answer_of(NEWS), phrases=("the mayor",)), "Only passages that hold “the mayor” word for word."),
        (
            replace(answer_of(NEWS), phrases=("the mayor", "why"), excluded=("snow", "a b")),
            "Only passages that hold “the mayor” and “why” word for word. Passages with “snow” or “a b” are left out.",
        ),
        (replace(answer_of(NEWS), excluded=("snow",)), "Passages with “snow” are left out."),
        (replace(NOTHING, phrases=("the queen",)), "No passage holds “the queen” word for word."),
        (replace(NOTHING, phrases=("a",), excluded=("b",)), "No passage holds “a” word for word without “b”."),
        (replace(NOTHING, excluded=("b",)), "Passages with “b” are left out."),
    ],
)
def test_the_conditions_stand_below_the_verdict(answer: Answer, line: str) -> None:
    assert answer_text(answer, FOLDER, styled=False).splitlines()[1] == line
    assert f"\n\n{line.replace('.', chr(92) + '.')}" in answer_markdown(answer, FOLDER)


def test_a_question_without_conditions_says_nothing_of_them() -> None:
    assert answer_text(NOTHING, FOLDER, styled=False).splitlines() == [
        "Nothing found. Searched 3 passages of 1 document."
    ]


def test_escape_codes_in_a_phrase_do_not_reach_the_terminal() -> None:
    shown = answer_text(replace(NOTHING, phrases=("\x1b[31m",)), FOLDER, styled=True)
    assert "\x1b[31m" not in shown
    assert '"phrases": [\n    "\\u001b[31m"\n  ]' in answer_json(replace(NOTHING, phrases=("\x1b[31m",)))
