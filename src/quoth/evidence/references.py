"""Evidence for programs that keep references: BibTeX, RIS and CSL-JSON. One entry for each quote, with its place.

BibTeX and RIS have no line ends inside a field: there, one is a space, and the rest of the quote is as it stands.
CSL-JSON has the quote exactly.
"""

from __future__ import annotations

import re

from quoth.evidence.exhibits import Evidence, Exhibit
from quoth.evidence.keys import cite_keys, names, page_range, pinpoint
from quoth.evidence.words import hashes_line, log_line, place_line, standing_line
from quoth.records import Citation
from quoth.render.json_writing import Fields, dump
from quoth.render.visible import visible

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # \{ would count as a brace for BibTeX, which wants as many of one as of the other
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_TEX_SIGNS = re.compile(r"[\\{}$&#%_^~]")
# TeX makes one sign of two: -- is a dash, `` and '' are quotation marks, ?` is ¿.
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=[?!])(?=`)")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_LINE_END = re.compile(r"\r\n|\r|\n")


def evidence_bibtex(evidence: Evidence) -> str:
    keys = cite_keys(exhibit.citation for exhibit in evidence.exhibits)
    return "\n".join(_bibtex_entry(key, exhibit) for key, exhibit in zip(keys, evidence.exhibits, strict=True))


def evidence_ris(evidence: Evidence) -> str:
    keys = cite_keys(exhibit.citation for exhibit in evidence.exhibits)
    entries = (_ris_entry(key, exhibit) for key, exhibit in zip(keys, evidence.exhibits, strict=True))
    return "".join(f"{tag}  - {value}\r\n" for entry in entries for tag, value in entry)


def evidence_csl(evidence: Evidence) -> str:
    keys = cite_keys(exhibit.citation for exhibit in evidence.exhibits)
    return dump([_csl_entry(key, exhibit) for key, exhibit in zip(keys, evidence.exhibits, strict=True)])


def tex(text: str) -> str:
    """`text` on one line, so that TeX prints its signs and BibTeX finds as many opening as closing braces."""
    signs = _TEX_SIGNS.sub(lambda match: _TEX[match.group()], _one_line(text))
    return _LIGATURES.sub("{}", signs)


def _bibtex_entry(key: str, exhibit: Exhibit) -> str:
    citation, date = exhibit.citation, _date(exhibit.citation)
    fields = {
        "title": f"{{{tex(citation.title)}}}",  # the second pair of braces keeps capitals
        "author": " and ".join(f"{{{tex(name)}}}" for name in names(citation.author)),  # braced: one name as it stands
        "date": date,
        "year": date[:4],
        "howpublished": tex(citation.source),
        "pages": tex(page_range(citation, "--")).replace("-{}-", "--"),
        "abstract": tex(citation.quote),
        "note": tex(_facts(exhibit)),
        "annote": tex(exhibit.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{lines}}}\n"


def _ris_entry(key: str, exhibit: Exhibit) -> list[tuple[str, str]]:
    citation, date = exhibit.citation, _date(exhibit.citation)
    first, _, last = page_range(citation, "\t").partition("\t")
    pairs = [
        ("TY", "GEN"),
        ("ID", key),
        ("TI", citation.title),
        *(("AU", name) for name in names(citation.author)),
        ("PY", date[:4]),
        ("DA", date.replace("-", "/")),
        ("SP", first),
        ("EP", last),
        ("SE", " › ".join(citation.section)),
        ("AB", citation.quote),
        ("N1", _facts(exhibit)),
        ("N1", exhibit.note),
        ("L1", citation.source),
        ("DB", "Quoth"),
    ]
    return [*((tag, _one_line(value)) for tag, value in pairs if value), ("ER", "")]


def _csl_entry(key: str, exhibit: Exhibit) -> Fields:
    citation, log = exhibit.citation, exhibit.log
    fields: Fields = {
        "id": key,
        "type": "document",
        "title": citation.title,
        "author": [{"literal": name} for name in names(citation.author)],
        "issued": _csl_date(_date(citation)),
        "page": page_range(citation, "-"),
        "locator": page_range(citation, "-") or pinpoint(citation),
        "section": " › ".join(citation.section),
        "abstract": citation.quote,
        "note": _facts(exhibit),
        "annote": exhibit.note,
        "source": "Quoth",
        "archive_location": citation.source,
    }
    if log is not None:
        fields["accessed"] = {"date-parts": [[log.asked_at.year, log.asked_at.month, log.asked_at.day]]}
    return {name: value for name, value in fields.items() if value}


def _csl_date(date: str) -> Fields | None:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None


def _date(citation: Citation) -> str:
    """Empty for one that is none: evidence that comes back from a browser may say anything."""
    return citation.date if _DATE.fullmatch(citation.date) else ""


def _facts(exhibit: Exhibit) -> str:
    citation = exhibit.citation
    facts = (standing_line(exhibit), place_line(citation), hashes_line(citation), log_line(exhibit.log))
    return "; ".join(fact for fact in facts if fact)


def _one_line(text: str) -> str:
    return visible(_LINE_END.sub(" ", text))
