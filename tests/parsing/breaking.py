"""Sound files broken at random: bits flipped, pieces lost, doubled or replaced, the end cut off."""

from __future__ import annotations

import io
import zipfile

from hypothesis import strategies as st

_MOST_CHANGES = 8


def broken(content: bytes) -> st.SearchStrategy[bytes]:
    """In archives, also what is in them: such a break is not found by the archive's own sums."""
    plain = st.builds(_apply, st.just(content), _changes(len(content)), st.integers(0, len(content)) | st.none())
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return plain
    names = sorted(name for name, inside in members.items() if inside)
    return plain | st.sampled_from(names).flatmap(
        lambda name: broken(members[name]).map(lambda inside: _packed(members | {name: inside}))
    )


def _changes(length: int) -> st.SearchStrategy[list[tuple[str, int, int]]]:
    places = st.integers(0, max(0, length - 1))
    kinds = st.sampled_from(["flip", "lose", "double", "replace"])
    return st.lists(st.tuples(kinds, places, st.integers(0, 255)), max_size=_MOST_CHANGES)


def _apply(content: bytes, changes: list[tuple[str, int, int]], cut: int | None) -> bytes:
    altered = bytearray(content)
    for kind, place, number in changes:
        if kind == "flip" and place < len(altered):
            altered[place] ^= 1 << number % 8
        elif kind == "lose":
            del altered[place : place + number]
        elif kind == "double":
            altered[place:place] = altered[place : place + number]
        else:
            altered[place : place + 1] = bytes([number])
    return bytes(altered[:cut])


def _packed(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in members.items():
            archive.writestr(name, inside, zipfile.ZIP_STORED if name == "mimetype" else None)
    return target.getvalue()
