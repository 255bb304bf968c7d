"""`quoth verify`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

import click

from quoth.cli.command import Command
from quoth.cli.exits import CHANGED, INCOMPLETE, OK
from quoth.cli.options import with_library
from quoth.cli.output import is_styled, print_result
from quoth.errors import CitationError
from quoth.records import Verification, VerificationResult
from quoth.render import HOW_TO_GIVE, citations_from_json, verifications_json, verifications_text

if TYPE_CHECKING:
    from quoth.library import Library


@click.command(cls=Command, short_help="Check that quotes still stand in their files.")
@click.argument("file", metavar="CITATION.json", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="JSON: the result of each citation, and where it stands now.")
@with_library
def verify(library: Library, *, file: BinaryIO, as_json: bool) -> int:
    """Read the cited files again and tell of each quote whether it is exact, has moved, or has changed.

    CITATION.json holds what `quoth ask --json` wrote, an evidence file that the page exported as JSON, one citation of
    them, or a list of citations; "-" is stdin.
    Exact: the same words stand at the same place. Moved: they stand elsewhere, and it says where.
    Changed: they stand nowhere in the file, the file is gone, or the citation itself was altered.

    Example:
      quoth ask "Who signed?" --json > answer.json
      quoth verify answer.json

    Exit codes:
      0  every quote is exact
      1  error, such as: not a file of citations
      3  some quotes have moved, none has changed
      4  some quotes have changed

    """
    checked = [(citation, library.verify(citation)) for citation in citations_from_json(_decode(file.read()))]
    if as_json:
        print_result(verifications_json(checked))
    else:
        print_result(verifications_text(checked, library.folder, styled=is_styled()))
    return _exit_code([verification for _, verification in checked])


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CitationError(f"the file of citations is not UTF-8 text ({error}); {HOW_TO_GIVE}") from error


def _exit_code(verifications: Sequence[Verification]) -> int:
    results = {verification.result for verification in verifications}
    if VerificationResult.CHANGED in results:
        return CHANGED
    return INCOMPLETE if VerificationResult.MOVED in results else OK
