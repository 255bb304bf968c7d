from __future__ import annotations

import pytest

from quoth.cli.interrupts import was_interrupted
from quoth.errors import IndexBusyError


def fail_while_cleaning_up() -> None:
    try:
        raise KeyboardInterrupt
    finally:
        raise IndexBusyError("the index is locked")


def test_an_error_while_cleaning_up_after_ctrl_c_is_still_ctrl_c() -> None:
    with pytest.raises(IndexBusyError) as caught:
        fail_while_cleaning_up()
    assert was_interrupted(caught.value)


def test_an_error_alone_is_no_ctrl_c() -> None:
    assert not was_interrupted(IndexBusyError("the index is locked"))
