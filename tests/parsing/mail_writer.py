"""Mails as mail programs write them, from the parts that a test names."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = (
    "From: Anna Berg <anna@example.org>\r\nTo: Bo <bo@example.org>\r\n"
    "Date: Fri, 31 May 2024 23:30:00 -0500\r\nSubject: Harbour dues\r\nMIME-Version: 1.0\r\n"
)


def make_mail(
    body: str | bytes, *, kind: str = "text/plain; charset=utf-8", head: str = HEAD, encoding: str = "8bit"
) -> bytes:
    """One part."""
    return head.encode() + make_part(body, kind, f"Content-Transfer-Encoding: {encoding}")


def make_part(body: str | bytes, kind: str = "text/plain; charset=utf-8", *fields: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in (f"Content-Type: {kind}", *fields))
    content = body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode()
    return lines.encode() + b"\r\n" + content


def make_multipart(parts: Sequence[bytes], kind: str = "mixed", *, head: str = HEAD, boundary: str = "=b=") -> bytes:
    """Of parts of `make_part`, or of multiparts made with `head=""` and a boundary of their own."""
    opened = f'{head}Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    inner = b"".join(f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts)
    return opened + inner + f"--{boundary}--\r\n".encode()


def attached(name: str) -> str:
    return f'Content-Disposition: attachment; filename="{name}"'
