"""What a build has to do: the folder as it is against the documents in the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quoth.catalogue import has_same_stat
from quoth.documents import is_unchanged, reading_version
from quoth.errors import SourceError
from quoth.parsing import ScanResult
from quoth.records import DocumentInfo, Ignored, Skipped, Source, State


@dataclass(frozen=True, slots=True)
class Plan:
    """What makes the index say what the folder holds."""

    folder: Path
    read: tuple[Source, ...]
    """New files, and files whose content or parser changed."""
    touched: tuple[DocumentInfo, ...]
    """New time stamp, same content."""
    removed: tuple[DocumentInfo, ...]
    unreachable: tuple[Skipped, ...]
    """Links, devices and folders that cannot be read and that the index does not list yet."""
    ocr: int
    """`Ocr.fingerprint` of what pictures are read with."""
    known: dict[str, DocumentInfo]
    """What the index held before, by source."""
    ignored: Ignored

    @property
    def unchanged(self) -> int:
        """Files with text or without that need nothing but a look."""
        gone = {info.source for info in self.removed}
        read = {source.path for source in self.read}
        return len(self.known.keys() - gone - read)


def compare(folder: Path, found: ScanResult, known: Sequence[DocumentInfo], ocr: int = 0) -> Plan:
    """An unchanged file costs no more than the stat that `scan` made. Raises SourceError as `check_not_emptied`."""
    check_not_emptied(folder, found, known)
    by_source = {info.source: info for info in known}
    differing = [
        source
        for source in found.sources
        if source.path not in by_source
        or not has_same_stat(by_source[source.path], source, reading_version(source.path, ocr))
    ]
    touched = [info for source in differing if (info := _touched(folder, source, by_source.get(source.path), ocr))]
    same = {info.source for info in touched}
    return Plan(
        folder=folder,
        read=tuple(source for source in differing if source.path not in same),
        touched=tuple(touched),
        removed=tuple(_removed(found, known)),
        unreachable=tuple(skipped for skipped in found.skipped if not _is_listed(skipped, by_source)),
        ocr=ocr,
        known=by_source,
        ignored=found.ignored,
    )


def check_not_emptied(folder: Path, found: ScanResult, known: Sequence[DocumentInfo] | None = None) -> None:
    """Raises SourceError when the folder is empty but the index is not: an unmounted disk must not empty it.

    `known` is None when there is an index that cannot be looked into.
    """
    if not found.sources and (known is None or any(info.state.has_text for info in known)):
        if found.ignored != Ignored():
            raise SourceError(
                f"the .quothignore of {folder} leaves out all documents there, but the index holds some; nothing was "
                "removed. If none of them is meant to be asked, delete the embeddings folder."
            )
        raise SourceError(
            f"{folder} holds no documents any more, but the index does; nothing was removed. Is its disk there? "
            "If it is meant to be empty, delete the embeddings folder."
        )


def check_still_there(folder: Path) -> None:
    """Raises SourceError when the folder has vanished, or everything in it: a disk that was pulled out in mid-build."""
    if not folder.is_dir() or not any(folder.iterdir()):
        raise SourceError(
            f"{folder} has vanished while it was read; what was read before is kept. Build again when it is back."
        )


def _touched(folder: Path, source: Source, info: DocumentInfo | None, ocr: int) -> DocumentInfo | None:
    """The new record of a file with the old content, None for any other."""
    if info is None or info.size != source.size or not is_unchanged(folder, info, ocr):
        return None
    return replace(info, mtime_ns=source.mtime_ns)


def _removed(found: ScanResult, known: Sequence[DocumentInfo]) -> list[DocumentInfo]:
    """Documents whose file is gone; not those below a folder, or in an archive, that cannot be opened just now."""
    present = {source.path for source in found.sources} | {skipped.source for skipped in found.skipped}
    hidden = tuple(f"{skipped.source.rstrip('/')}/" for skipped in found.skipped if skipped.state is State.UNREADABLE)
    return [info for info in known if info.source not in present and not info.source.startswith(hidden)]


def _is_listed(skipped: Skipped, by_source: dict[str, DocumentInfo]) -> bool:
    info = by_source.get(skipped.source)
    return info is not None and (info.state, info.reason) == (skipped.state, skipped.reason)
