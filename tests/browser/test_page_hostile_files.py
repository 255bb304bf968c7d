"""Hostile names of files that are added and removed on the page, whose scripts write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.hostile import HOSTILE
from tests.browser.room import Room
from tests.browser.verbatim import alive, insert_markup, unlike

from quoth.ui.arrivals import RefusedError, check_name

DROP = """names => {
  const files = new DataTransfer();
  for (const name of names) files.items.add(new File([`${name} came slowly.`], name));
  for (const kind of ['dragover', 'drop'])
    document.querySelector('.drop').dispatchEvent(
      new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
}"""
UNSAFE = {".textContent = name": ".innerHTML = name", ".textContent = button": ".innerHTML = button"}


def is_accepted(name: str) -> bool:
    try:
        check_name(name)
    except RefusedError:
        return False
    return True


def faults_in_files(page: Page, address: str, room: Room, texts: Sequence[str]) -> dict[str, list[str]]:
    """What is not shown as it was typed, by place."""
    names = [f"{text}.txt" for text in texts]
    accepted = sorted(filter(is_accepted, names))
    page.goto(address)
    page.locator(".drop").wait_for()
    page.evaluate(DROP, names)
    page.locator(".building .running .path").wait_for()
    faults = {"sent": unlike(page, ".arrivals bdi", names)}
    assert page.locator(".building .path").evaluate("path => path.textContent") in accepted
    room.embedder.go_on.set()
    expect(page.locator(".file")).to_have_count(4 + len(accepted))
    faults["refused"] = unlike(page, ".arrivals .failed bdi", set(names) - set(accepted))
    faults["to delete"] = []
    for name in accepted:
        page.locator(".remove").nth(find_place(page, name)).click()
        faults["to delete"] += unlike(page, ".which bdi", [name])
        page.get_by_role("button", name="Keep it").click()
    page.locator(".remove").nth(find_place(page, accepted[0])).click()
    (room.folder / accepted[0]).unlink()
    (room.folder / accepted[0]).mkdir()
    page.get_by_role("button", name="Delete it").click()
    expect(page.locator(".arrivals .failed").last).to_contain_text(re.compile("Only files inside|no such file"))
    return {**faults, "not deleted": unlike(page, ".arrivals .failed:last-child bdi", accepted[:1])}


def find_place(page: Page, name: str) -> int:
    """Of its button among all that remove."""
    names = page.locator(".remove").evaluate_all("all => all.map(one => one.dataset.remove)")
    return int(names.index(name))


def test_hostile_names_are_sent_refused_and_deleted_as_typed_and_do_nothing(tmp_path: Path, unwatched: Page) -> None:
    page, room = unwatched, Room(tmp_path)  # the browser reports each refusal as an error
    with room.served() as address:
        faults = faults_in_files(page, address, room, list(HOSTILE.values()))
        assert [fault for found in faults.values() for fault in found] == []
        assert alive(page) == []
        page.close()


def test_the_same_comparison_fails_where_scripts_insert_markup(
    tmp_path: Path, unwatched: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert_markup(monkeypatch, "conversation", UNSAFE)
    page, room = unwatched, Room(tmp_path)
    with room.served() as address:
        faults = faults_in_files(page, address, room, [HOSTILE["image"], HOSTILE["entities"]])
        assert [place for place, found in faults.items() if not found] == []
        assert alive(page) != []
        page.close()
