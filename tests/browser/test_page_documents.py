from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.fingers import press
from tests.browser.looks import DESKTOP, PHONE, SIZES, resize, violations
from tests.browser.reader import ask
from tests.browser.room import Room

DROP = """([text, name]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name, { type: 'text/plain' }));
  for (const kind of ['dragover', 'drop'])
    document.querySelector('.drop').dispatchEvent(
      new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
}"""
HURRY = """const later = window.setTimeout;
window.setTimeout = (act, ms, ...given) => later(act, [700, 5000].includes(ms) ? ms / 10 : ms, ...given);"""
"""The page asks ten times as often how far a build is, else tests would wait for that."""


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


@pytest.fixture
def url(room: Room) -> Iterator[str]:
    with room.served() as address:
        yield address


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """For tests that change no file."""
    with Room(tmp_path_factory.mktemp("room")).served() as address:
        yield address


def go(page: Page, address: str, size: dict[str, int] | None = None) -> None:
    page.add_init_script(HURRY)
    resize(page, size or DESKTOP)
    page.goto(address)
    page.locator(".keeping > *").first.wait_for()


def titles(page: Page) -> list[str]:
    return page.locator(".file .name > :first-child").all_inner_texts()


@SIZES
def test_documents_are_listed_found_and_opened_and_unread_ones_say_what_to_do(
    unchanged: str, page: Page, size: dict[str, int]
) -> None:
    go(page, unchanged, size)
    assert titles(page) == ["ledger.txt", "anna.txt", "ottilie.txt", "map.xlsx"]
    assert "Damaged · the file is not an Excel workbook" in page.locator(".trouble").inner_text()
    page.get_by_label("Find in the list").fill("LETTERS/")
    expect(page.locator(".file")).to_have_count(2)
    page.get_by_label("Find in the list").fill("")
    page.get_by_label("Only those not read").check()
    expect(page.locator(".file")).to_have_count(1)
    page.get_by_label("Only those not read").uncheck()
    page.get_by_role("link", name="ottilie.txt").click()
    expect(page.locator("#source .text")).to_contain_text("The lighthouse went dark on Tuesday.")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@SIZES
def test_ticked_documents_alone_are_asked_and_the_address_keeps_that(
    unchanged: str, page: Page, size: dict[str, int]
) -> None:
    resize(page, size)
    go(page, unchanged)
    page.get_by_label("Ask ledger.txt").check()
    page.get_by_role("button", name="Ask only these").click()
    expect(page.locator(".choice")).to_contain_text("Asking 1 of 3 documents:")
    turn = ask(page, "ferry")
    expect(turn.locator(".passage")).to_have_count(1)
    page.reload()
    expect(page.locator(".choice")).to_contain_text("Asking 1 of 3 documents:")
    expect(page.locator(".turn .passage")).to_have_count(1)
    page.get_by_role("link", name="all documents").click()
    expect(page.locator(".turn .passage")).to_have_count(3)
    expect(page.locator(".choice")).to_have_count(0)


@SIZES
def test_a_folder_or_a_pattern_chooses_and_one_that_matches_nothing_says_so(
    unchanged: str, page: Page, size: dict[str, int]
) -> None:
    go(page, unchanged, size)
    press(page.locator(".choosing summary"))
    press(page.get_by_role("link", name="letters/* 2"))
    expect(page.locator(".choice")).to_contain_text("Asking 2 of 3 documents:")
    expect(page.get_by_label("Ask ottilie.txt")).to_be_checked()
    expect(page.get_by_label("Ask ottilie.txt")).to_be_disabled()
    page.get_by_role("link", name="Do not ask letters/*").click()
    expect(page.locator(".choice")).to_have_count(0)
    page.locator(".choosing").evaluate("element => { element.open = true; }")
    page.get_by_label("Pattern").fill("*.doc")
    page.keyboard.press("Enter")
    expect(page.locator(".choice")).to_contain_text("No document matches:")
    ask_box = page.get_by_label("Question", exact=True)
    ask_box.fill("ferry")
    page.keyboard.press("Enter")
    expect(page.locator("#conversation .problem")).to_contain_text("No document matches '*.doc'")


@pytest.mark.parametrize(
    ("way", "size"),
    [("chooser", DESKTOP), ("chooser", PHONE), ("drop", DESKTOP)],
    ids=["chooser on a desktop", "chooser on a phone", "drop"],
)
def test_a_file_that_is_added_can_be_asked(url: str, page: Page, room: Room, way: str, size: dict[str, int]) -> None:
    go(page, url, size)
    text = "The bell was cast in Ghent."
    if way == "chooser":
        with page.expect_file_chooser() as chooser:
            press(page.get_by_role("button", name="Choose files"))
        chooser.value.set_files({"name": "bell.txt", "mimeType": "text/plain", "buffer": text.encode()})
    else:
        page.evaluate(DROP, [text, "bell.txt"])
    page.get_by_role("link", name="bell.txt").wait_for()
    assert (room.folder / "bell.txt").read_text("utf-8") == text
    expect(page.locator(".building")).to_contain_text("1 file added")
    expect(ask(page, "Where was the bell cast?").locator(".quote").first).to_have_text(text)


def test_what_is_refused_says_why_and_a_file_is_replaced_only_on_request(url: str, room: Room, unwatched: Page) -> None:
    page = unwatched  # the browser reports each refusal as an error
    go(page, url)
    page.evaluate(DROP, ["x", "run.exe"])
    expect(page.locator(".arrivals .failed")).to_contain_text("Such a file cannot be read")
    page.evaluate(DROP, ["The bell was cast in Ghent.", "ledger.txt"])
    page.get_by_role("button", name="Replace it").click()
    expect(page.locator(".building")).to_contain_text("1 changed")
    assert (room.folder / "ledger.txt").read_text("utf-8") == "The bell was cast in Ghent."
    page.close()


@SIZES
def test_a_build_shows_how_far_it_is_after_a_reload_too(url: str, page: Page, room: Room, size: dict[str, int]) -> None:
    go(page, url, size)
    (room.folder / "slow.txt").write_text("The snail came slowly.", "utf-8")
    press(page.get_by_role("button", name="Read the folder again"))
    bar = page.get_by_role("progressbar", name="Reading the folder")
    bar.wait_for()
    page.reload()
    bar.wait_for()
    room.embedder.go_on.set()
    page.get_by_role("link", name="slow.txt").wait_for()
    expect(page.locator(".building")).to_contain_text("1 file added")


@SIZES
def test_a_file_is_removed_after_a_question(url: str, page: Page, room: Room, size: dict[str, int]) -> None:
    go(page, url, size)
    press(page.get_by_role("button", name="Remove ledger.txt"))
    press(page.get_by_role("button", name="Keep it"))
    assert (room.folder / "ledger.txt").exists()
    press(page.get_by_role("button", name="Remove ledger.txt"))
    press(page.get_by_role("button", name="Delete it"))
    expect(page.locator(".file")).to_have_count(3)
    assert not (room.folder / "ledger.txt").exists()
    expect(page.get_by_role("button", name="Remove letters/1911/anna.txt")).to_be_focused()


def test_escape_closes_the_question_before_the_source(unchanged: str, page: Page) -> None:
    go(page, unchanged)
    page.get_by_role("link", name="ottilie.txt").click()
    page.locator("#source .document").wait_for()
    page.get_by_role("button", name="Remove ledger.txt").click()
    page.keyboard.press("Escape")
    expect(page.locator(".confirm")).to_be_hidden()
    page.wait_for_function("!document.querySelector('#quoth').pending")
    expect(page.locator("#source .document")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#source .document")).to_have_count(0)


def test_a_build_elsewhere_is_seen_on_the_next_page(url: str, page: Page, room: Room) -> None:
    go(page, url)
    (room.folder / "later.txt").write_text("The bell was cast in Ghent.", "utf-8")
    with room.open() as other:
        other.build()
    page.get_by_role("link", name="Quoth").click()
    page.locator(".home").wait_for()
    page.locator(".masthead").get_by_role("link", name="Documents").click()
    expect(page.get_by_role("link", name="later.txt")).to_be_visible()


def test_a_build_elsewhere_is_seen_on_the_open_page_among_what_is_looked_for(url: str, page: Page, room: Room) -> None:
    go(page, url)
    page.get_by_label("Find in the list").fill("LETTERS/")
    page.get_by_label("Only those not read").focus()
    expect(page.locator(".file")).to_have_count(2)
    (room.folder / "letters" / "later.txt").write_text("The bell was cast in Ghent.", "utf-8")
    with room.open() as other:
        other.build()
    expect(page.get_by_role("link", name="later.txt")).to_be_visible(timeout=20_000)
    expect(page.locator(".file")).to_have_count(3)
    expect(page.get_by_label("Find in the list")).to_have_value("LETTERS/")


def test_a_build_of_another_page_is_followed(url: str, page: Page, room: Room) -> None:
    go(page, url)
    other = page.context.new_page()
    go(other, url)
    (room.folder / "slow.txt").write_text("The snail came slowly.", "utf-8")
    other.get_by_role("button", name="Read the folder again").click()
    page.bring_to_front()
    page.get_by_role("progressbar", name="Reading the folder").wait_for()
    room.embedder.go_on.set()
    page.get_by_role("link", name="slow.txt").wait_for()
    expect(page.locator(".building")).to_contain_text("1 file added")
    other.close()


def test_a_page_for_reading_only_says_so_and_offers_nothing(page: Page, room: Room) -> None:
    with room.served(read_only=True) as address:
        go(page, address)
        expect(page.locator(".keeping")).to_have_text(
            "Files cannot be added or removed here: the page is served for reading only."
        )
        expect(page.get_by_role("button", name="Remove")).to_have_count(0)
        page.close()


@SIZES
def test_the_password_comes_before_the_page_and_after_signing_out_and_leads_to_the_address_that_was_asked(
    room: Room, unwatched: Page, size: dict[str, int]
) -> None:
    page = unwatched  # the browser reports the refusal as an error
    resize(page, size)
    with room.served(password="correct horse") as address:
        page.goto(address)
        page.get_by_label("Password").fill("wrong horse")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_have_text("That is not the password.")
        assert violations(page) == []
        page.get_by_label("Password").fill("correct horse")
        page.keyboard.press("Enter")
        expect(page.locator(".file")).to_have_count(4)
        assert page.url == address
        sign_out_elsewhere(page)
        page.get_by_label("Find in the list").fill("ledger")
        expect(page.locator("#trouble p")).to_have_text("You are signed out. Sign in")
        page.get_by_label("Question", exact=True).fill("Who was paid?")
        page.keyboard.press("Enter")
        expect(page.locator("#quoth")).not_to_have_attribute("data-busy", "true")
        expect(page.get_by_label("Question", exact=True)).to_have_value("Who was paid?")
        press(page.get_by_role("link", name="Sign in"))
        assert page.url == address
        page.get_by_label("Password").fill("correct horse")
        page.keyboard.press("Enter")
        press(page.get_by_role("button", name="Sign out"))
        expect(page.get_by_label("Password")).to_be_visible()
        assert page.url == address.partition("?")[0]
        assert page.request.get(f"{page.url}quoth/documents").status == 401
        page.close()


def sign_out_elsewhere(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_label("Password")).to_be_visible()
    other.close()
