"""Fixed phrases that text and Markdown share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from quoth.fold import wording
from quoth.records import Answer, Citation, Coverage, Hit, Ignored, Skipped, Verdict
from quoth.render.visible import one_line

_ALSO = {"same": "also in", "part": "in part also in", "near": "nearly the same words in"}

UNCALIBRATED = "This verdict was not fitted for the embedding model and says little; `quoth calibrate` fits it."
_FILES = 5


def verdict_line(answer: Answer) -> str:
    """Whether the first passage answers, how likely that is, and what was searched."""
    chance = "" if answer.verdict is Verdict.NOTHING else f" (chance that the first passage answers: {_chance(answer)})"
    doubt = f" {UNCALIBRATED}" if answer.signals and not answer.is_calibrated else ""
    return f"{answer.verdict.label.capitalize()}{chance}.{doubt} Searched {_searched(answer.coverage)}."


def also_in_lines(hit: Hit, folder: PurePath) -> list[str]:
    """Where the words of the hit stand too: label and place of each, not made visible yet."""
    return [
        f"{_ALSO[wording(hit.passage.text, citation.quote)]} {citation.label} ({place_to_check(citation, folder)})"
        for citation in hit.also_in
    ]


def conditions_line(answer: Answer) -> str:
    """What the phrases and exclusions of the question came to; "" when it has none."""
    held, left_out = _quoted(answer.phrases, " and "), _quoted(answer.excluded, " or ")
    if held and not answer.hits:
        without = f" without {left_out}" if left_out else ""
        return f"No passage holds {held} word for word{without}."
    found = f"Only passages that hold {held} word for word." if held else ""
    return " ".join(part for part in (found, f"Passages with {left_out} are left out." if left_out else "") if part)


def carried_line(answer: Answer) -> str:
    """What was searched for that the question does not say; "" when it stands alone."""
    terms = _quoted([carried.term for carried in answer.searched_for], ", ")
    return f"Searched also for {terms}: the question leans on the one before it." if terms else ""


def named_line(answer: Answer) -> str:
    """Which documents alone were asked, because the question, or one it leans on, names them; else ""."""
    titles = _quoted(answer.named.titles, " and ") if answer.named else ""
    which = "an earlier" if answer.keeps_to_named else "the"
    return f"Asked only of {titles}, which {which} question names." if titles else ""


def unread_lines(coverage: Coverage) -> list[str]:
    """The first few files that were not read, or not wholly, each with its reason, and how many more there are."""
    unread = coverage.unread
    lines = [f"{'read in part' if file.state.has_text else 'not read'}: {file_line(file)}" for file in unread[:_FILES]]
    if len(unread) > _FILES:
        lines.append(f"and {count(len(unread) - _FILES, 'more file')}: `quoth status` lists them")
    return lines


def file_line(file: Skipped) -> str:
    reason = f": {one_line(file.reason)}" if file.reason else ""
    return f"{one_line(file.source)} ({file.state.label}){reason}"


def ignored_line(ignored: Ignored) -> str:
    """`12 files, 2 folders`; "" for nothing."""
    parts = ((ignored.files, "file"), (ignored.folders, "folder"))
    return ", ".join(count(number, noun) for number, noun in parts if number)


def interrupted_line() -> str:
    return "The last build did not come to its end, files may be missing: run `quoth build`."


def place_to_check(citation: Citation, folder: PurePath) -> str:
    """Where to look: `file:line`, `file#page=3`, `file#anchor`, the page of a book and its anchor, or the file."""
    path = str(folder / citation.source)
    if citation.page is not None:
        return f"{path}#page={citation.page}"
    if citation.first_line is not None:
        return f"{path}:{citation.first_line}"
    if citation.anchor and path.lower().endswith(".epub"):  # pages of a book are files inside of it
        return ", ".join((path, *citation.anchor.split("#", 1)))
    return f"{path}#{citation.anchor}" if citation.anchor else path


def count(number: int, noun: str) -> str:
    """`1 file`, `2,000 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _quoted(phrases: Sequence[str], between: str) -> str:
    return between.join(f"“{phrase}”" for phrase in phrases)


def _searched(coverage: Coverage) -> str:
    searched = f"{count(coverage.passages, 'passage')} of {count(coverage.documents, 'document')}"
    if not coverage.unread:
        return searched
    return f"{searched}; {count(len(coverage.unread), 'file')} could not be read, or only in part"


def _chance(answer: Answer) -> str:
    return f"{min(99, max(1, round(100 * answer.probability)))} %"
