"""Evidence as Markdown (CommonMark, GitHub's too). Every line end of a quote is a hard break."""

from __future__ import annotations

from quoth.evidence.exhibits import Evidence, Exhibit
from quoth.evidence.keys import pinpoint
from quoth.evidence.words import check_line, hashes_line, log_line, made_line, place_line, standing_line
from quoth.render.markdown import escape, hard_lines
from quoth.render.visible import one_line


def evidence_markdown(evidence: Evidence) -> str:
    parts = ["# Evidence", escape(made_line(evidence)), escape(check_line(evidence))]
    for number, exhibit in enumerate(evidence.exhibits, start=1):
        parts += _exhibit(number, exhibit)
    return "\n\n".join(parts) + "\n"


def _exhibit(number: int, exhibit: Exhibit) -> list[str]:
    citation = exhibit.citation
    quote = "\n".join(f"> {line}" for line in hard_lines(citation.quote))
    parts = [f"## {number}\\. {_escape_line(citation.label)}"]
    if standing_line(exhibit):
        parts.append(f"**{_escape_line(standing_line(exhibit))}**")
    parts.append(f"{quote}\n>\n> — {_escape_line(f'{citation.title}, {pinpoint(citation)}')}")
    if exhibit.note:
        parts.append("**Note**\\\n" + "\n".join(hard_lines(exhibit.note)))
    facts = [place_line(citation), hashes_line(citation), log_line(exhibit.log)]
    return [*parts, "\n".join(f"- {_escape_line(fact)}" for fact in facts if fact)]


def _escape_line(text: str) -> str:
    return escape(one_line(text))
