"""Zip archives, sound and otherwise."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping


def make_zip(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_flags(archive: bytes, flags: int) -> bytes:
    """The same with `flags` set for each member, such as 1 for "encrypted"."""
    content = bytearray(archive)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= flags
            at = content.find(mark, at + 1)
    return bytes(content)


def declaring(archive: bytes, size: int) -> bytes:
    """The same, but each member is said to be `size` bytes long unpacked."""
    content = bytearray(archive)
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.find(mark)
        while at >= 0:
            struct.pack_into("<I", content, at + offset, size)
            at = content.find(mark, at + 1)
    return bytes(content)
