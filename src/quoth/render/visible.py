"""Text of documents made safe to show: what would steer a terminal, or reorder a line, becomes visible."""

from __future__ import annotations

_REORDERING = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]  # CVE-2021-42574, "Trojan Source"
_CONTROL_PICTURES = 0x2400
_VISIBLE = {
    **{code: chr(_CONTROL_PICTURES + code) for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: "\u2421",
    **{code: f"\\x{code:02x}" for code in range(0x80, 0xA0)},
    **{code: f"\\u{code:04x}" for code in (0x2028, 0x2029, *_REORDERING)},
}


def visible(text: str) -> str:
    r"""`text` for people's eyes: ESC is shown as ␛, other controls likewise; \t, \n and the line end of \r\n stay.

    Lone surrogates, which no terminal can be sent, are shown as \udXXX.
    """
    shown = text.replace("\r\n", "\n").translate(_VISIBLE)
    return shown.encode("utf-8", "backslashreplace").decode("utf-8")


def one_line(text: str) -> str:
    """`visible`, with every run of white space as one space."""
    return " ".join(visible(text).split())
