"""What each document says, and every mention, as plain text and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import PurePath

from quoth.records import Answer, DocumentInfo, EachAnswer, Mention, Mentions, Verdict
from quoth.render.json_writing import answer_fields, citation_fields, dump, skipped_fields, span_fields
from quoth.render.visible import one_line, visible
from quoth.render.words import count, file_line, place_to_check

TABLE_FORMAT = "quoth.table/1"
MENTIONS_FORMAT = "quoth.mentions/1"


def table_text(answers: Sequence[EachAnswer], folder: PurePath) -> str:
    """`answers` to several questions, of the same documents. One block for each document."""
    blocks = [
        "\n".join([one_line(of_document[0].document.title), *(_cell(row.answer, folder) for row in of_document)])
        for of_document in zip(*(answer.rows for answer in answers), strict=True)
    ]
    first = answers[0]
    shown = f"Documents {first.offset + 1:,} to {first.offset + len(first.rows):,} of {first.documents:,}."
    unread = [f"not read, or only in part: {file_line(file)}" for file in first.unread]
    return "\n\n".join([shown, *blocks, *(["\n".join(unread)] if unread else [])])


def mentions_text(found: Mentions, folder: PurePath) -> str:
    """The counts, then the passages under the documents they stand in."""
    lines = [_total(found), *_counts(found)]
    titles = {one.document.id: one.document for one in found.by_document}
    last = ""
    for mention in found.mentions:
        if mention.document_id != last:
            lines += ["", one_line(titles[mention.document_id].title)]
            last = mention.document_id
        lines += ["", *_mention(mention, folder)]
    if found.mentions and found.total > found.offset + len(found.mentions):
        lines += ["", f"and {count(found.total - found.offset - len(found.mentions), 'more passage')}: give --page"]
    return "\n".join(lines)


def table_json(answers: Sequence[EachAnswer]) -> str:
    first = answers[0]
    return dump(
        {
            "format": TABLE_FORMAT,
            "questions": [answer.question for answer in answers],
            "documents": first.documents,
            "offset": first.offset,
            "rows": [
                {
                    "document": _document(of_document[0].document),
                    "answers": [answer_fields(row.answer) for row in of_document],
                }
                for of_document in zip(*(answer.rows for answer in answers), strict=True)
            ],
            "unread": skipped_fields(first.unread),
        }
    )


def mentions_json(found: Mentions) -> str:
    return dump(
        {
            "format": MENTIONS_FORMAT,
            "question": found.question,
            "total": found.total,
            "occurrences": found.occurrences,
            "documents": found.documents,
            "offset": found.offset,
            "phrases": found.phrases,
            "excluded": found.excluded,
            "words": [{"word": word, "passages": passages} for word, passages in found.words],
            "by_document": [
                {"document": _document(one.document), "mentions": one.mentions, "occurrences": one.occurrences}
                for one in found.by_document
            ],
            "mentions": [
                {
                    "document_id": one.document_id,
                    "highlights": [span_fields(span) for span in one.highlights],
                    "citation": citation_fields(one.citation),
                }
                for one in found.mentions
            ],
            "unread": skipped_fields(found.unread),
        }
    )


def _document(info: DocumentInfo) -> dict[str, object]:
    return asdict(info)


def _cell(answer: Answer, folder: PurePath) -> str:
    """The sentence that answers, else the passage, on one line."""
    if not answer.hits:
        return f"  {one_line(answer.question)}\n    not found"
    hit = answer.hits[0]
    start = hit.passage.span.start
    parts = [hit.passage.text[span.start - start : span.end - start] for span in hit.highlights]
    quote = one_line(" … ".join(parts) or hit.passage.text)
    label = "answers" if answer.verdict is Verdict.ANSWERS else "closest"
    place = f"{one_line(hit.citation.label)} ({one_line(place_to_check(hit.citation, folder))})"
    return f"  {one_line(answer.question)}\n    {label}: {quote}\n    {place}"


def _total(found: Mentions) -> str:
    searched = f"of {count(found.documents, 'document')}"
    times = f", where the phrases stand {count(found.occurrences, 'time')}" if found.phrases else ""
    return f"{count(found.total, 'passage')} in {len(found.by_document):,} {searched}{times}."


def _counts(found: Mentions) -> Iterator[str]:
    if not found.total:
        yield from (f"  {one_line(word)}: {count(passages, 'passage')}" for word, passages in found.words)
    for one in found.by_document:
        times = f", {count(one.occurrences, 'time')}" if found.phrases else ""
        yield f"  {one_line(one.document.source)}: {count(one.mentions, 'passage')}{times}"


def _mention(mention: Mention, folder: PurePath) -> Iterator[str]:
    citation = mention.citation
    yield from (f"  | {visible(line)}" for line in citation.quote.splitlines())
    yield f"  {one_line(citation.label)} ({one_line(place_to_check(citation, folder))})"
