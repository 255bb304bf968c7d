"""What `quoth eval` and `quoth calibrate` share: the questions read, located and asked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

import click

from quoth.errors import QuestionFileError
from quoth.evaluate.questions import WrittenQuestion, read_questions

if TYPE_CHECKING:
    from quoth.evaluate.asking import Reply
    from quoth.evaluate.gold import LostQuestion
    from quoth.library import Library


def read_question_file(file: BinaryIO) -> tuple[WrittenQuestion, ...]:
    """Raises QuestionFileError."""
    name = getattr(file, "name", "stdin")
    try:
        return read_questions(file.read().decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        raise QuestionFileError(f"{name} is not UTF-8 text: {error}; save it as UTF-8") from error


def ask_questions(
    library: Library, written: Sequence[WrittenQuestion], *, k: int | None = None
) -> tuple[Reply | LostQuestion, ...]:
    """What each question got, in order; shows on stderr how far it is."""
    from quoth.evaluate.asking import SHOWN, ask_all
    from quoth.evaluate.gold import locate

    located = locate(written, library.documents(), library.document)
    replies = ask_all(library, located, k=k or SHOWN)
    with click.progressbar(replies, length=len(located), label="asking", file=sys.stderr) as bar:
        return tuple(bar)


def is_any_lost(replies: Sequence[Reply | LostQuestion]) -> bool:
    """Whether some questions could not be asked."""
    from quoth.evaluate.gold import LostQuestion

    return any(isinstance(reply, LostQuestion) for reply in replies)
