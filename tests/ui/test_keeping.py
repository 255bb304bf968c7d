from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from quoth.errors import IndexBusyError, SettingsError
from quoth.library import Library
from quoth.protocols import OnProgress
from quoth.records import BuildReport, DocumentInfo, Progress
from quoth.settings import Settings
from quoth.testing import HashEmbedder
from quoth.ui.arrivals import PREFIX
from quoth.ui.building import Builder
from quoth.ui.guard import Guard
from quoth.ui.hosts import Hosts
from quoth.ui.keeping_routes import Keeper, keeping_router
from quoth.ui.login import FREE_TRIES, Login, Sessions, Tries
from quoth.ui.server import make_server
from quoth.ui.terms import Closed, Terms

OURS = {"X-Quoth": "1"}
PASSWORD = "correct horse"


class Steps:
    """A library whose builds go on when the test says so, and end as it says."""

    def __init__(self, end: Callable[[], BuildReport]) -> None:
        self.folder = Path()
        self.go_on = threading.Event()
        self.begun = threading.Event()
        self._end = end
        self.builds = 0

    def documents(self) -> tuple[DocumentInfo, ...]:
        return ()

    def build(self, folder: Path, *, on_progress: OnProgress | None = None) -> BuildReport:
        assert on_progress is not None
        self.builds += 1
        on_progress(Progress("embedding", 3, 4, "a.txt"))
        self.begun.set()
        assert self.go_on.wait(10)
        on_progress(Progress("saving", 4, 4))
        return self._end()


REPORT = BuildReport(("a.txt",), (), (), 0, (), 1, 1, 0.1)


def wait_for_end(builder: Builder) -> None:
    waiting = threading.Event()
    for _ in range(1_000):
        if not builder.state.is_running:
            return
        waiting.wait(0.01)
    raise AssertionError("the build does not end")


def test_a_build_tells_how_far_it_is_and_then_what_it_did() -> None:
    library = Steps(lambda: REPORT)
    builder = Builder(library)
    builder.start()
    assert library.begun.wait(10)
    assert builder.state.is_running
    assert builder.state.progress == Progress("embedding", 3, 4, "a.txt")
    library.go_on.set()
    wait_for_end(builder)
    assert (builder.state.report, builder.state.problem) == (REPORT, "")


def test_a_build_that_is_asked_for_in_the_middle_of_another_comes_after_it() -> None:
    library = Steps(lambda: REPORT)
    builder = Builder(library)
    for _ in range(3):
        builder.start()
    library.go_on.set()
    wait_for_end(builder)
    assert (library.builds, builder.state.number) == (2, 2)


def test_a_build_elsewhere_is_said_as_it_is() -> None:
    def busy() -> BuildReport:
        raise IndexBusyError("another build is writing; wait until it is done")

    library = Steps(busy)
    library.go_on.set()
    builder = Builder(library)
    builder.start()
    wait_for_end(builder)
    assert builder.state.problem == "another build is writing; wait until it is done"


def test_a_server_that_stops_ends_its_build() -> None:
    library = Steps(lambda: REPORT)
    builder = Builder(library)
    builder.start()
    assert library.begun.wait(10)
    threading.Timer(0.1, library.go_on.set).start()
    builder.stop()
    assert (builder.state.is_running, builder.state.report) == (False, None)
    builder.start()
    assert library.builds == 1


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("The ferry left at nine.", "utf-8")
    with Library(tmp_path / "index", Settings(folder=str(folder)), HashEmbedder()) as built:
        built.build()
        yield built


def client_of(terms: Terms, address: str = "127.0.0.1") -> tuple[TestClient, Keeper]:
    app, keeper = FastAPI(), Keeper(terms, address)
    app.include_router(keeping_router(keeper, lambda: 7), prefix="/quoth")
    return TestClient(Guard(app, Hosts()), base_url="http://127.0.0.1", headers=OURS), keeper


@pytest.mark.parametrize(
    ("terms", "address", "closed"),
    [
        ({}, "127.0.0.1", None),
        ({}, "::1", None),
        ({}, "127.8.8.8", None),
        ({}, "192.0.2.7", Closed.NO_PASSWORD),
        ({}, "0.0.0.0", Closed.NO_PASSWORD),
        ({}, "::", Closed.NO_PASSWORD),
        ({}, "fe80::1%eth0", Closed.NO_PASSWORD),
        ({}, "localhost.evil.example", Closed.NO_PASSWORD),
        ({"is_proxied": True}, "127.0.0.1", Closed.NO_PASSWORD),
        ({"public_hosts": ("docs.example.org",)}, "127.0.0.1", Closed.NO_PASSWORD),
        ({"is_proxied": True, "public_hosts": ("docs.example.org",), "password": PASSWORD}, "127.0.0.1", None),
        ({"password": PASSWORD}, "0.0.0.0", None),
        ({"read_only": True, "password": PASSWORD}, "127.0.0.1", Closed.READ_ONLY),
    ],
)
def test_where_the_folder_can_be_changed(
    library: Library, terms: dict[str, str | bool | tuple[str, ...]], address: str, closed: Closed | None
) -> None:
    assert Terms(keeps=library, **terms).closed(address) == closed  # type: ignore[arg-type]  # as parametrized
    assert Terms().closed("127.0.0.1") is Closed.NO_FOLDER


@pytest.mark.parametrize(("terms", "address"), [({"read_only": True}, "127.0.0.1"), ({}, "0.0.0.0")])
def test_nothing_can_be_changed_where_it_may_not(library: Library, terms: dict[str, bool], address: str) -> None:
    client, keeper = client_of(Terms(keeps=library, read_only=terms.get("read_only", False)), address)
    assert client.post("/quoth/upload?name=b.txt", content=b"x").status_code == 403
    assert client.post("/quoth/remove", json={"source": "a.txt"}).status_code == 403
    assert client.post("/quoth/build").status_code == 403
    assert "cannot be added or removed" in client.get("/quoth/keeping").text
    assert client.get("/quoth/build").json() == {"running": False, "generation": 7}
    assert keeper.builder is not None
    assert keeper.builder.state.number == 0
    assert [path.name for path in library.folder.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"])
def test_who_comes_through_a_proxy_changes_nothing_without_a_password(library: Library, header: str) -> None:
    client, _ = client_of(Terms(keeps=library))
    client.headers[header] = "192.0.2.7"
    assert client.post("/quoth/remove", json={"source": "a.txt"}).status_code == 403
    assert client.post("/quoth/upload?name=b.txt", content=b"x").status_code == 403
    assert "asks for no password" in client.get("/quoth/keeping").text
    assert [path.name for path in library.folder.iterdir()] == ["a.txt"]
    client, keeper = client_of(Terms(keeps=library, password=PASSWORD))
    client.headers[header] = "192.0.2.7"
    assert client.post("/quoth/remove", json={"source": "a.txt"}).status_code == 204
    assert keeper.builder is not None
    wait_for_end(keeper.builder)


def test_a_file_is_sent_read_and_removed(library: Library) -> None:
    client, keeper = client_of(Terms(keeps=library))
    assert keeper.builder is not None
    assert client.post("/quoth/upload?name=b.txt", content=b"The bell was cast in Ghent.").status_code == 204
    assert client.post("/quoth/upload?name=b.txt", content=b"Other.").status_code == 409
    assert client.post("/quoth/upload?name=..%2Fb.txt", content=b"x").status_code == 400
    assert client.post("/quoth/build").status_code == 204
    wait_for_end(keeper.builder)
    assert "1 file added" in client.get("/quoth/build").json()["html"]
    assert [info.source for info in library.documents()] == ["a.txt", "b.txt"]
    assert client.post("/quoth/remove", json={"source": "b.txt"}).status_code == 204
    wait_for_end(keeper.builder)
    assert [info.source for info in library.documents()] == ["a.txt"]
    for body in (b"", b"[]", b"{", b'{"source": "../a.txt"}', b"[" * 9_000):
        assert client.post("/quoth/remove", content=body).status_code in (400, 404)


@pytest.mark.parametrize(("read_only", "left"), [(False, []), (True, [f"{PREFIX}half"])])
def test_serving_begins_with_what_was_left_behind(library: Library, read_only: bool, left: list[str]) -> None:
    (library.folder / f"{PREFIX}half").write_text("x")
    os.utime(library.folder / f"{PREFIX}half", (0, 0))
    make_server(library, "127.0.0.1", lambda: None, terms=Terms(keeps=library, read_only=read_only))
    assert [path.name for path in library.folder.iterdir() if path.name != "a.txt"] == left


def test_other_sites_send_nothing(library: Library) -> None:
    client, _ = client_of(Terms(keeps=library))
    assert (
        client.post("/quoth/upload?name=b.txt", content=b"x", headers={"Origin": "http://evil.example"}).status_code
        == 403
    )
    del client.headers["X-Quoth"]
    assert client.post("/quoth/upload?name=b.txt", content=b"x").status_code == 400
    assert [path.name for path in library.folder.iterdir()] == ["a.txt"]


def test_the_page_says_its_limits(library: Library) -> None:
    client, _ = client_of(Terms(keeps=library, file_limit=5_000_000, total_limit=2_000_000_000))
    assert "up to 5 MB a file, 2 GB in all" in client.get("/quoth/keeping").text
    said = client.get("/quoth/keeping", headers={"Accept-Language": "de"}).text
    assert "bis 5 MB je Datei" in said


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def locked(clock: Clock) -> TestClient:
    app = Starlette(
        routes=[Route("/{path:path}", lambda request: PlainTextResponse("inside"), methods=["GET", "POST"])]
    )
    login = Login(app, PASSWORD, Sessions(clock), Tries(clock))
    return TestClient(Guard(login, Hosts()), base_url="http://127.0.0.1", headers=OURS)


@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/queue/data", "/theme.css", "/quoth/documents"])
def test_no_route_answers_without_the_password(path: str) -> None:
    client = locked(Clock())
    assert client.get(path).status_code == 401
    assert "inside" not in client.get(path).text
    client.cookies.set("quoth_session_80", "guessed")
    assert client.get(path).status_code == 401
    assert client.post("/quoth/login", content=PASSWORD).status_code == 204
    assert client.get(path).text == "inside"
    client.post("/quoth/logout")
    assert client.get(path).status_code == 401


def test_the_session_is_kept_from_scripts_and_other_sites_and_ends() -> None:
    clock = Clock()
    client = locked(clock)
    cookie = client.post("/quoth/login", content=PASSWORD).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    clock.now += 11 * 3600
    assert client.get("/").text == "inside"
    clock.now += 13 * 3600
    assert client.get("/").status_code == 401


def test_wrong_tries_are_slowed_down_and_the_right_one_too() -> None:
    clock = Clock()
    client = locked(clock)
    for _ in range(FREE_TRIES):
        assert client.post("/quoth/login", content="wrong").status_code == 403
    refused = client.post("/quoth/login", content=PASSWORD)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2")
    clock.now += 2
    assert client.post("/quoth/login", content="wrong").status_code == 403
    clock.now += 1.5
    assert client.post("/quoth/login", content=PASSWORD).status_code == 429
    clock.now += 1
    assert client.post("/quoth/login", content=PASSWORD).status_code == 204


def test_many_clients_together_are_slowed_down_and_nobody_else() -> None:
    clock = Clock()
    tries = Tries(clock)
    for number in range(100):
        tries.note_wrong(f"192.0.2.{number}")
    assert tries.wait_s("192.0.2.1") == 60
    assert tries.wait_s("198.51.100.1") == 0
    tries.note_wrong("198.51.100.1")
    assert tries.wait_s("198.51.100.1") == 60
    clock.now += 61
    assert tries.wait_s("198.51.100.1") == tries.wait_s("192.0.2.1") == 0


def test_wrong_tries_from_one_network_count_together_however_its_addresses_are_written() -> None:
    login = Login(PlainTextResponse("inside"), PASSWORD, Sessions(Clock()), Tries(Clock()))
    for number in range(1, FREE_TRIES + 1):
        client = TestClient(login, client=(f"2001:db8:0:{number}::1", 50_000))
        assert client.post("/quoth/login", content="wrong").status_code == 403
    assert (
        TestClient(login, client=("2001:db8:0:9::9", 50_000)).post("/quoth/login", content=PASSWORD).status_code == 429
    )
    elsewhere = TestClient(login, client=("2001:db8:1::9", 50_000))
    assert elsewhere.post("/quoth/login", content=PASSWORD).status_code == 204


def test_a_password_that_is_too_short_is_refused() -> None:
    with pytest.raises(SettingsError, match="at least 8 characters"):
        Terms(password="short")
    assert PASSWORD not in repr(Terms(password=PASSWORD))
