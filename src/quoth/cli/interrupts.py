"""Ctrl-C, wherever it strikes."""

from __future__ import annotations


def was_interrupted(error: BaseException | None) -> bool:
    """Whether `error` is Ctrl-C, or was raised while cleaning up after it: closing an index in mid-write may fail."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__context__
    return False
