"""A peer without packages: passages are lines, ranked by how many words of the question they hold.

Its argument says what else it does: "honest" nothing, "noisy" prints, "shifted" names places that are one too far,
"dying" ends at the first question.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from benchmarks.peers.workers.serving import Passage, serve


class Lines:
    def __init__(self, manner: str) -> None:
        self._manner = manner
        self._passages: list[Passage] = []

    def index(self, texts: dict[str, str], *, is_scoped: bool) -> int:
        if self._manner == "noisy":
            sys.stdout.write("scoped\n" if is_scoped else "all\n")
            os.write(1, b"from C\n")
        shift = 1 if self._manner == "shifted" else 0
        self._passages = [
            Passage(source, start + shift, start + shift + len(line), line)
            for source, text in texts.items()
            for start, line in _lines(text)
        ]
        return len(self._passages)

    def search(self, question: str, k: int, source: str | None) -> Sequence[Passage]:
        if self._manner == "dying":
            sys.exit("out of memory")
        if "broken" in question:
            raise LookupError("no such word")
        words = set(question.lower().split())
        found = [passage for passage in self._passages if source in (None, passage.source)]
        return sorted(found, key=lambda passage: -len(words & set(passage.text.lower().split())))[:k]


def _lines(text: str) -> list[tuple[int, str]]:
    lines = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            lines.append((start, line.rstrip("\r\n")))
        start += len(line)
    return lines


if __name__ == "__main__":
    serve(Lines(sys.argv[1]), ("pytest",))
