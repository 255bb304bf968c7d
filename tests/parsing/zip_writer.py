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


def misplaced(archive: bytes, by: int) -> bytes:
    """The same, but the list of its members is said to stand `by` bytes later than it does."""
    content = bytearray(archive)
    at = content.rfind(b"PK\x05\x06") + 16
    struct.pack_into("<I", content, at, struct.unpack_from("<I", content, at)[0] + by)
    return bytes(content)


def far_away(archive: bytes, at: int) -> bytes:
    """The same, but the first member is said to stand at the byte `at`."""
    content = bytearray(archive)
    first, end = content.find(b"PK\x01\x02"), content.rfind(b"PK\x05\x06")
    extra = struct.pack("<HHQ", 1, 8, at)
    size = struct.unpack_from("<I", content, end + 12)[0] + len(extra)
    struct.pack_into("<I", content, end + 12, size)
    struct.pack_into("<H", content, first + 30, len(extra))
    struct.pack_into("<I", content, first + 42, 0xFFFFFFFF)
    name_end = first + 46 + struct.unpack_from("<H", content, first + 28)[0]
    content[name_end:name_end] = extra
    return bytes(content)
