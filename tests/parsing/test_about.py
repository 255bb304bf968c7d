from __future__ import annotations

import pytest

from quoth.parsing.about import iso_date, sane_author, sane_title


@pytest.mark.parametrize(
    ("told", "believed"),
    [
        ("2024-05-31T10:00:00Z", "2024-05-31"),
        ("D:20240531100000+02'00'", "2024-05-31"),
        ("2024-05", "2024-05"),
        (" 1912 ", "1912"),
        ("2024-13-01", ""),
        ("0000-00-00", ""),
        ("2999-01-01", ""),
        ("31 May 2024", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_date_is_believed_as_far_as_it_is_one(told: str | None, believed: str) -> None:
    assert iso_date(told) == believed


@pytest.mark.parametrize(
    "made_up", ["Microsoft Word - lease.doc", "lease.docx", "Untitled", "PowerPoint Presentation", " "]
)
def test_titles_that_programs_make_up_are_none(made_up: str) -> None:
    assert sane_title(made_up) == ""


def test_titles_and_authors_are_one_line() -> None:
    assert sane_title("The\nLease\0") == "The Lease\ufffd"
    assert sane_author(" Ana Ruiz; B. Ode;") == "Ana Ruiz; B. Ode"
    assert sane_author("Administrator") == ""
