"""What SQLite's errors become."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from quoth.errors import IndexBusyError, IndexDamagedError, StoreError
from quoth.store.database import translated_errors


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(tmp_path / "a.sqlite", timeout=0, isolation_level=None)
    connection.execute("CREATE TABLE locked (busy TEXT UNIQUE)")
    return connection


def test_a_database_that_another_writes_is_busy(tmp_path: Path, connection: sqlite3.Connection) -> None:
    other = sqlite3.connect(tmp_path / "a.sqlite", timeout=0, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(IndexBusyError, match="another process"), translated_errors(tmp_path):
        connection.execute("BEGIN IMMEDIATE")
    other.close()
    connection.close()


def test_a_missing_table_is_damage_whatever_its_name(tmp_path: Path, connection: sqlite3.Connection) -> None:
    with pytest.raises(IndexDamagedError, match="quoth build --all"), translated_errors(tmp_path):
        connection.execute("SELECT * FROM locked_and_busy")
    connection.close()


def test_text_that_is_no_utf8_is_damage(tmp_path: Path, connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO locked VALUES (CAST(x'ff' AS TEXT))")
    with pytest.raises(IndexDamagedError, match="UTF-8"), translated_errors(tmp_path):
        connection.execute("SELECT busy FROM locked").fetchall()
    connection.close()


def test_a_full_disk_is_neither_damage_nor_another_process(tmp_path: Path, connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA max_page_count = 3")
    with pytest.raises(StoreError, match="full") as raised, translated_errors(tmp_path):
        connection.execute("INSERT INTO locked VALUES (zeroblob(100000))")
    assert type(raised.value) is StoreError
    connection.close()


def test_rows_that_clash_are_told_apart_by_the_writer(tmp_path: Path, connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO locked VALUES ('a')")
    with pytest.raises(sqlite3.IntegrityError), translated_errors(tmp_path):
        connection.execute("INSERT INTO locked VALUES ('a')")
    connection.close()
