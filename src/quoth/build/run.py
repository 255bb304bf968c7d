"""The build itself: scan, compare, read, embed what is new, commit batch by batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from quoth.build.draft import Draft, draft_of, entry_of, vector_key
from quoth.build.plan import Plan, check_still_there
from quoth.documents import Parse, read_document, unread
from quoth.protocols import Changes, Embedder, Entry, IndexStore, OnProgress
from quoth.records import BuildReport, Progress, Skipped, Source, State

BATCH_PASSAGES = 256
"""In one commit, about: a killed build loses the work on so many, or on one document."""
BATCH_DOCUMENTS = 100
EMBEDDED_AT_ONCE = 128
"""Passages between two reports of progress: about a second's work of one core."""

IN_PROGRESS = "build in progress"
"""Name of the note that stands in the index from the first commit of a build to its end."""


def build(
    plan: Plan, *, store: IndexStore, embedder: Embedder, parse: Parse, characters: int, on_progress: OnProgress
) -> BuildReport:
    """Carry out the plan: an unchanged file costs nothing more, a known passage no embedding.

    `characters` is about the length of a passage. May be stopped anywhere; the next build goes on from there.
    """
    started = time.perf_counter()
    store.remember(IN_PROGRESS, "yes")
    _commit_what_needs_no_reading(plan, store)
    tracker = _Tracker(on_progress, sum(source.size for source in plan.read))

    def drafted(source: Source) -> Draft:
        return draft_of(read_document(plan.folder, source.path, parse, plan.ocr), embedder, characters)

    for batch in _batches(plan.folder, plan.read, drafted, tracker):
        entries = _embed(batch, store, embedder, tracker)
        outdated = [plan.known[source].id for draft in batch if (source := draft.document.info.source) in plan.known]
        added = [(draft.document, entries[draft.document.info.id]) for draft in batch]
        store.commit(Changes(added=added, removed=outdated))
        tracker.committed(sum(draft.document.info.size for draft in batch))
    if plan.removed:  # last, so that a renamed file still finds its vectors
        store.commit(Changes(removed=[info.id for info in plan.removed]))
    on_progress(Progress("saving", tracker.total, tracker.total, passages=tracker.passages))
    store.remember(IN_PROGRESS, "")
    store.refresh()
    return _report(plan, store, tracker.passages, time.perf_counter() - started)


class _Tracker:
    """Turns what was read, embedded and committed into `Progress`."""

    def __init__(self, on_progress: OnProgress, total: int) -> None:
        self.total = total
        self.passages = 0
        self._done = 0
        self._on_progress = on_progress

    def reading(self, source: str) -> None:
        self._on_progress(Progress("reading", self._done, self.total, source, self.passages))

    def embedding(self, source: str, share: float, size: int, fresh: int) -> None:
        """`share` of the `size` bytes in this batch are embedded, `fresh` more passages with them."""
        self.passages += fresh
        self._on_progress(Progress("embedding", self._done + int(share * size), self.total, source, self.passages))

    def committed(self, size: int) -> None:
        self._done += size


def _commit_what_needs_no_reading(plan: Plan, store: IndexStore) -> None:
    listed = [plan.known[skipped.source].id for skipped in plan.unreachable if skipped.source in plan.known]
    changes = Changes(
        added=[(unread(skipped), ()) for skipped in plan.unreachable],
        removed=listed,
        touched=plan.touched,
    )
    if changes.added or changes.removed or changes.touched:
        store.commit(changes)


def _batches(
    folder: Path, sources: Sequence[Source], drafted: Callable[[Source], Draft], tracker: _Tracker
) -> Iterator[list[Draft]]:
    batch: list[Draft] = []
    for source in sources:
        tracker.reading(source.path)
        try:
            batch.append(drafted(source))
        except FileNotFoundError:
            check_still_there(folder)  # a single file that is gone is the next build's affair
        if len(batch) >= BATCH_DOCUMENTS or sum(len(draft.chunks) for draft in batch) >= BATCH_PASSAGES:
            yield batch
            batch = []
    if batch:
        yield batch


def _embed(batch: Sequence[Draft], store: IndexStore, embedder: Embedder, tracker: _Tracker) -> dict[str, list[Entry]]:
    """Entries by document id; only texts whose key the store does not hold go through the model."""
    model = embedder.fingerprint
    keys = {draft.document.info.id: [vector_key(text, model) for text in draft.texts] for draft in batch}
    known = store.embeddings(list(dict.fromkeys(key for found in keys.values() for key in found)))
    texts = {
        key: text
        for draft in batch
        for key, text in zip(keys[draft.document.info.id], draft.texts, strict=True)
        if key not in known
    }
    size = sum(draft.document.info.size for draft in batch)
    for start in range(0, len(texts), EMBEDDED_AT_ONCE):
        some = list(texts)[start : start + EMBEDDED_AT_ONCE]
        known.update(zip(some, embedder.embed_documents([texts[key] for key in some]), strict=True))
        tracker.embedding(batch[-1].document.info.source, (start + len(some)) / len(texts), size, len(some))
    return {
        draft.document.info.id: [
            entry_of(draft, piece, key, known[key], model)
            for piece, key in zip(draft.chunks, keys[draft.document.info.id], strict=True)
        ]
        for draft in batch
    }


def _report(plan: Plan, store: IndexStore, embedded: int, seconds: float) -> BuildReport:
    documents = store.documents()
    read_now = {source.path for source in plan.read}
    return BuildReport(
        added=tuple(sorted(read_now - plan.known.keys())),
        changed=tuple(sorted(read_now & plan.known.keys())),
        removed=tuple(info.source for info in plan.removed),
        unchanged=plan.unchanged,
        skipped=tuple(Skipped(d.source, d.state, d.reason) for d in documents if d.state is not State.READ),
        passages=store.info().passages,
        embedded=embedded,
        seconds=seconds,
        ignored=plan.ignored,
    )
