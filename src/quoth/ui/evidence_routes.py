"""Files of what the browser has kept: it sends that, and nothing of it stays here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from quoth.errors import CitationError, DocumentGoneError, QuothError, SourceError
from quoth.evidence import FORMS, Form, evidence_from_json, marks_from_json, questions_file, renew
from quoth.records import VerificationResult
from quoth.ui.labels import language_of, say, say_count, speaking
from quoth.ui.needs import ReadingLibrary

MOST_EXHIBITS = 1_000
MOST_BYTES = 4_000_000


def evidence_router(library: ReadingLibrary) -> APIRouter:
    router = APIRouter()

    @router.post("/evidence/{name}")
    async def export(name: str, request: Request) -> Response:
        if name not in FORMS:
            return PlainTextResponse("Not found.", 404)
        return await _answer(request, partial(_export, library, FORMS[name]))

    @router.post("/questions")
    async def questions(request: Request) -> Response:
        return await _answer(request, _questions)

    return router


async def _answer(request: Request, make: Callable[[str], Response]) -> Response:
    """What `make` makes of the body, in the language of the browser; what is wrong with the body is said."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return PlainTextResponse("The request is too large.", 413)

    def answer() -> Response:
        with speaking(language_of(request.headers.get("accept-language", ""))):
            try:
                return make(body.decode("utf-8"))
            except (CitationError, UnicodeDecodeError) as error:
                return PlainTextResponse(say("This cannot be read: {why}", why=str(error)), 400)
            except QuothError as error:
                return PlainTextResponse(str(error), 400)

    return await run_in_threadpool(answer)


def _export(library: ReadingLibrary, form: Form, text: str) -> Response:
    kept = evidence_from_json(text)
    if len(kept.exhibits) > MOST_EXHIBITS:
        return PlainTextResponse(say("At most {n} passages fit into one file.", n=MOST_EXHIBITS), 413)
    now = datetime.now(UTC).replace(microsecond=0)
    renewed = renew(kept, library.documents(), library.document, partial(_check_file, library), now)
    standings = Counter(exhibit.standing for exhibit in renewed.exhibits)
    parts = [say_count(len(renewed.exhibits), "{n} passage in the file.", "{n} passages in the file.")]
    if moved := standings[VerificationResult.MOVED]:
        parts.append(say_count(moved, "{n} stands at another place now.", "{n} stand at another place now."))
    if gone := standings[VerificationResult.CHANGED]:
        parts.append(
            say_count(
                gone,
                "{n} could not be confirmed; the file says why.",
                "{n} of them could not be confirmed; the file says why.",
            )
        )
    return _file(form.write(renewed), form.media_type, form.file_name, " ".join(parts))


def _check_file(library: ReadingLibrary, document_id: str) -> str:
    try:
        original = library.originals.find(document_id)
    except (DocumentGoneError, SourceError) as error:
        return str(error)
    return "" if original.is_as_read else f"{original.name} was changed since the index was built; build it again"


def _questions(text: str) -> Response:
    file = questions_file(marks_from_json(text))
    parts = [say_count(file.questions, "{n} question in the file.", "{n} questions in the file.")]
    if file.left_out:
        parts.append(
            say_count(
                file.left_out,
                "{n} is left out: say which passage answers it, or that nothing does.",
                "{n} are left out: say which passage answers them, or that nothing does.",
            )
        )
    return _file(file.text.encode("utf-8"), "application/jsonl; charset=utf-8", "questions.jsonl", " ".join(parts))


def _file(content: bytes, media_type: str, name: str, message: str) -> Response:
    """`message` is for the reader; percent-encoded, for a header has no other letters than those of English."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "X-Quoth-Message": quote(message),
    }
    return Response(content, media_type=media_type, headers=headers)
