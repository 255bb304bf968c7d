"""What documents say of themselves, as far as it can be believed: title, author, date."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from quoth.parsing.decoding import storable
from quoth.parsing.limits import TITLE_CHARACTERS
from quoth.records import shorten

_NO_TITLE = re.compile(
    r"(?:microsoft |powerpoint|untitled|unbenannt|sans titre|sin título|(?:new|neues) \w+ document)|presentation\d*$|"
    r".*\.(?:docx?|pdf|indd|qxd|tex|dvi|rtf|od[tps]|pptx?|xlsx?|csv|txt|html?|epub|eml|ipynb)$",
    re.IGNORECASE,
)
"""What programs write of their own accord, and names of files."""
_NO_AUTHOR = re.compile(
    r"(?:user|admin(?:istrator)?|owner|unknown|root|python-docx|microsoft office user)$", re.IGNORECASE
)
_DATE = re.compile(r"(?:D:)?(\d{4})(?:-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?)?(?=$|[T\s\d])")
"""ISO 8601 and its profile W3C-DTF, and PDF's dates (ISO 32000-1, 7.9.4)."""
_EARLIEST_YEAR = 1000
"""An earlier one is a counter that was never set."""


@dataclass(frozen=True, slots=True)
class About:
    """Each "" where the document does not tell it."""

    title: str = ""
    author: str = ""
    """As people write it; several with "; " between them."""
    date: str = ""
    """ISO 8601, as exact as is known."""


ANONYMOUS = About()


def about(title: str | None = None, author: str | None = None, date: str | None = None) -> About:
    """Of metadata as they stand in the file."""
    return About(sane_title(title), sane_author(author), iso_date(date))


def sane_title(text: str | None) -> str:
    """On one line; "" for what a program made up."""
    title = shorten(storable(text or ""), TITLE_CHARACTERS)
    return "" if _NO_TITLE.match(title) else title


def sane_author(text: str | None) -> str:
    """On one line; "" for names of accounts that are nobody's."""
    author = shorten(storable(text or "").strip(" ;,"), TITLE_CHARACTERS)
    return "" if _NO_AUTHOR.match(author) else author


def iso_date(text: str | None) -> str:
    """The day, or the month or year where that is all it tells; "" for what is no date or lies in the future."""
    found = _DATE.match((text or "").strip())
    if found is None:
        return ""
    date = "-".join(part for part in found.groups() if part)
    tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    return date if int(found[1]) >= _EARLIEST_YEAR and date <= tomorrow.isoformat() else ""
