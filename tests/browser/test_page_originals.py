"""Pages of a PDF as images with the quote drawn on them, and the file itself to save."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.looks import DESKTOP, PHONE, SIZES, resize, scrolls_sideways
from tests.browser.reader import ask, is_in_view, open_source, visit
from tests.browser.serving import serving
from tests.browser.shelf import Shelf, make_document
from tests.parsing.pdf_writer import PdfPage, TextLine, lines_of, make_pdf

from quoth.documents import read_document
from quoth.parsing import parse_file

LEFT = "The keeper of the light-\nhouse slept. Nobody saw it\ngo dark on Tuesday at eleven, for"
HERALD = (
    "The herald rode all\nnight along the",
    "river, crossed the\nold bridge and",
    "reached the gate\nof the town at dawn.",
)
"""A sentence in both columns of one page and on the next."""
RIGHT = "the street was empty and the\nbells were silent until the\nmorning came over the hills."
HOSTILE_NAME = "sea “log” <b>;\tné.pdf".replace("\t", " ")


INK = """figure => {
    const image = figure.querySelector('img');
    const frame = image.getBoundingClientRect();
    const boxes = [...figure.querySelectorAll('.box.marked')].map((box) => box.getBoundingClientRect());
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(frame.width);
    canvas.height = Math.round(frame.height);
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    const counts = boxes.map(() => 0);
    let outside = 0;
    for (let i = 0; i < data.length; i += 4) {
        if (data[i] >= 128) continue;
        const x = (i / 4) % canvas.width + frame.left, y = Math.floor(i / 4 / canvas.width) + frame.top;
        const near = (box) => x >= box.left - 1 && x <= box.right + 1 && y >= box.top - 1 && y <= box.bottom + 1;
        const at = boxes.findIndex(near);
        if (at < 0) outside += 1;
        else counts[at] += 1;
    }
    return [counts.map((count, i) => count / (boxes[i].width * boxes[i].height)), outside];
}"""
"""Of each box of a page the share that is dark, and how many dark pixels lie in none."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    first = PdfPage(
        [TextLine("The light.", y=740, size=20), *lines_of(LEFT, x=72, top=700), *lines_of(RIGHT, x=330, top=700)]
    )
    filler = [PdfPage(lines_of("\n".join(f"Row {page} {row} of figures." for row in range(40)))) for page in range(6)]
    last = PdfPage(lines_of("The zeppelin landed softly.", top=200))
    (folder / "light.pdf").write_bytes(make_pdf([first, *filler, last], title="The light"))
    columns = [line for x, text in zip((72, 330), HERALD[:2], strict=True) for line in lines_of(text, x=x, top=90)]
    (folder / "herald.pdf").write_bytes(make_pdf([PdfPage(columns), PdfPage(lines_of(HERALD[2]))], title="The herald"))
    (folder / HOSTILE_NAME).write_bytes(make_pdf([PdfPage(lines_of("An anchor was lost."))], title="Anchors"))
    (folder / "changed.pdf").write_bytes(make_pdf([PdfPage(lines_of("A submarine rose."))], title="Submarines"))
    (folder / "notes.html").write_text("<script>window.__xss=1</script><p>Some herring swam.</p>", "utf-8")
    return folder


@pytest.fixture(scope="module")
def shelf(folder: Path) -> Iterator[Shelf]:
    names = sorted(path.name for path in folder.iterdir())
    documents = [read_document(folder, name, parse_file).document for name in names]
    (folder / "changed.pdf").write_bytes(make_pdf([PdfPage(lines_of("Another text."))]))
    shelf = Shelf([*documents, make_document("gone.txt", "A walrus sang.")], folder=folder)
    yield shelf
    shelf.originals.close()


@pytest.fixture(scope="module")
def url(shelf: Shelf) -> Iterator[str]:
    with serving(shelf) as address:
        yield address


def id_of(shelf: Shelf, source: str) -> str:
    return next(info.id for info in shelf.documents() if info.source == source)


def fetch(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


def enter(page: Page, address: str, size: dict[str, int]) -> None:
    resize(page, size)
    visit(page, address)


@SIZES
def test_the_page_is_shown_with_boxes_on_both_lines_of_a_word_that_a_hyphen_parts(
    page: Page, url: str, size: dict[str, int]
) -> None:
    enter(page, url, size)
    ask(page, "keeper lighthouse slept")
    document = open_source(page)
    boxes = document.locator(".box.marked")
    expect(boxes).to_have_count(2, timeout=30_000)
    page.wait_for_function("document.querySelector('.page img').naturalWidth > 0", timeout=30_000)
    image = document.locator(".page img").first.bounding_box()
    first, second = boxes.nth(0).bounding_box(), boxes.nth(1).bounding_box()
    assert image
    assert first
    assert second
    # "The keeper" begins 72 points from the left of 612, its line stands at 700 of 792.
    assert (first["x"] - image["x"]) / image["width"] == pytest.approx(72 / 612, abs=0.01)
    assert (first["y"] + first["height"] - image["y"]) / image["height"] == pytest.approx(92 / 792, abs=0.02)
    assert second["x"] == pytest.approx(first["x"], abs=2)
    assert second["y"] > first["y"]
    expect(boxes.first).to_be_in_viewport()
    assert not scrolls_sideways(page)


def test_the_other_passages_of_the_answer_are_marked_on_the_page_too(page: Page, url: str) -> None:
    enter(page, url, DESKTOP)
    ask(page, "Did the keeper of the lighthouse sleep while the zeppelin landed?")
    document = open_source(page)
    expect(document.locator(".text span.other")).to_have_text("The zeppelin landed softly.")
    expect(document.locator('[data-number="8"] .box.other')).to_have_count(1, timeout=30_000)
    expect(document.locator(".box.marked")).to_have_count(2)
    expect(document.locator(".box.marked").first).to_be_in_viewport()


@SIZES
@pytest.mark.parametrize(
    ("question", "lines"),
    [("zeppelin landed", {8: 1}), ("herald rode along the river to the gate", {1: 4, 2: 2})],
    ids=["line", "columns and pages"],
)
def test_boxes_lie_on_the_ink_of_their_words(
    page: Page, url: str, size: dict[str, int], question: str, lines: dict[int, int]
) -> None:
    """On these pages stands nothing but the quote."""
    enter(page, url, size)
    ask(page, question)
    document = open_source(page)
    expect(document.locator(".box.marked").first).to_be_in_viewport(timeout=30_000)
    for number, count in lines.items():
        sheet = document.locator(f'[data-number="{number}"]')
        expect(sheet.locator(".box.marked")).to_have_count(count)
        sheet.locator(".box.marked").last.scroll_into_view_if_needed()
        page.wait_for_function("image => image.naturalWidth > 0", arg=sheet.locator("img").element_handle())
        inside, outside = sheet.evaluate(INK)
        assert all(share > 0.05 for share in inside)
        assert outside == 0
    expect(document.locator(".box.marked")).to_have_count(sum(lines.values()))


@SIZES
def test_images_can_be_put_away_and_stay_away(page: Page, url: str, size: dict[str, int]) -> None:
    enter(page, url, size)
    ask(page, "keeper lighthouse slept")
    document = open_source(page)
    expect(document.locator(".page").first).to_be_visible()
    document.get_by_role("button", name="Text only").press("Enter")
    expect(document.locator(".page").first).to_be_hidden()
    assert is_in_view(document.locator("mark").first)
    page.reload()
    expect(document.get_by_role("button", name="Text only")).to_have_attribute("aria-pressed", "true")
    expect(document.locator(".page").first).to_be_hidden()
    document.get_by_role("button", name="Page image").click()
    expect(document.locator(".box.marked").first).to_be_visible(timeout=30_000)
    page.evaluate("localStorage.clear()")


def test_pages_out_of_sight_are_not_asked_for(page: Page, url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/page/" in request.url else None)
    enter(page, url, PHONE)
    ask(page, "keeper lighthouse slept")
    document = open_source(page)
    expect(document.locator(".box.marked").first).to_be_visible(timeout=30_000)
    expect(document.locator(".page")).to_have_count(8)
    assert not [address for address in asked if "/8.png" in address]


def test_what_is_found_is_framed_on_the_page(page: Page, url: str) -> None:
    enter(page, url, DESKTOP)
    page.locator(".shelf a", has_text="The light").click()
    page.get_by_label("Find in this document").fill("SILENT until the morning")
    page.keyboard.press("Enter")
    expect(page.locator(".box.found")).to_have_count(2, timeout=30_000)
    expect(page.locator(".box.found").first).to_be_in_viewport()


def test_a_changed_file_shows_its_old_text_and_says_so(page: Page, url: str, shelf: Shelf) -> None:
    enter(page, url, DESKTOP)
    ask(page, "submarine rose")
    document = open_source(page)
    expect(document.locator(".state")).to_contain_text("was changed since the index was built")
    expect(document.locator("mark")).to_have_text("A submarine rose.")
    expect(document.locator(".page")).to_have_count(0)
    changed = id_of(shelf, "changed.pdf")
    status, _, sentence = fetch(f"{url}/quoth/page/{changed}/1.png")
    assert (status, b"was changed since the index was built" in sentence) == (409, True)
    assert fetch(f"{url}/quoth/boxes/{changed}?s=0-5")[0] == 409
    status, headers, content = fetch(f"{url}/quoth/original/{changed}")
    assert (status, headers["x-quoth-changed"]) == (200, "1")
    assert content.startswith(b"%PDF")


def test_a_file_that_is_gone_is_said_to_be(page: Page, url: str, shelf: Shelf) -> None:
    enter(page, url, DESKTOP)
    ask(page, "walrus sang")
    document = open_source(page)
    expect(document.locator(".state")).to_contain_text("is not in the folder of documents any more")
    expect(document.get_by_role("link", name="Download the original")).to_have_count(0)
    assert fetch(f"{url}/quoth/original/{id_of(shelf, 'gone.txt')}")[0] == 409


def test_an_image_is_kept_by_the_browser_and_clamped_in_size(url: str, shelf: Shelf) -> None:
    address = f"{url}/quoth/page/{id_of(shelf, 'light.pdf')}/1.png?w=999999"
    status, headers, content = fetch(address)
    assert (status, headers["content-type"], headers["cache-control"]) == (200, "image/png", "private, max-age=600")
    assert content.startswith(b"\x89PNG")
    assert 1990 <= int.from_bytes(content[16:20], "big") <= 2001
    assert fetch(address, **{"If-None-Match": headers["etag"]})[0] == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("page/0123456789abcdef/1.png", 404),
        ("page/{light}/9.png", 422),
        ("page/{light}/0.png", 422),
        ("page/{light}/x.png", 422),
        ("page/{notes}/1.png", 409),
        ("page/..%2f..%2fetc%2fpasswd/1.png", 404),
        ("original/..%2f..%2f..%2fetc%2fpasswd", 404),
        ("original/light.pdf", 404),
        ("boxes/0123456789abcdef?s=0-5", 404),
    ],
)
def test_nothing_but_documents_of_the_index_is_served(url: str, shelf: Shelf, path: str, status: int) -> None:
    ids = {"light": id_of(shelf, "light.pdf"), "notes": id_of(shelf, "notes.html")}
    assert fetch(f"{url}/quoth/{path.format(**ids)}")[0] == status


def test_boxes_make_no_sense_of_nonsense(url: str, shelf: Shelf) -> None:
    light = id_of(shelf, "light.pdf")
    assert fetch(f"{url}/quoth/boxes/{light}?s=9-3&m=x&f=1-")[2] == b"[]"
    assert fetch(f"{url}/quoth/boxes/{light}?s=99999998-99999999")[2] == b"[]"


def test_a_link_out_of_the_folder_is_not_followed(url: str, shelf: Shelf, folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("A walrus sang.")
    link = folder / "gone.txt"
    link.symlink_to(secret)
    try:
        status, _, content = fetch(f"{url}/quoth/original/{id_of(shelf, 'gone.txt')}")
    finally:
        link.unlink()
    assert (status, b"sang" in content) == (409, False)


def test_the_original_is_saved_under_its_name_and_never_opened(
    page: Page, url: str, folder: Path, shelf: Shelf
) -> None:
    enter(page, url, DESKTOP)
    ask(page, "anchor lost")
    document = open_source(page)
    with page.expect_download() as download:
        document.get_by_role("link", name="Download the original").press("Enter")
    saved = download.value.path().read_bytes()
    assert hashlib.sha256(saved).digest() == hashlib.sha256((folder / HOSTILE_NAME).read_bytes()).digest()
    _, headers, content = fetch(f"{url}/quoth/original/{id_of(shelf, 'notes.html')}")
    assert headers["content-disposition"] == 'attachment; filename="notes.html"'
    assert (headers["content-type"], headers["x-content-type-options"]) == ("application/octet-stream", "nosniff")
    assert b"<script>" in content
    _, headers, _ = fetch(f"{url}/quoth/original/{id_of(shelf, HOSTILE_NAME)}")
    assert headers["content-disposition"].startswith("attachment; filename*=utf-8''sea%20")
