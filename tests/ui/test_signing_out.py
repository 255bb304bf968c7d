from __future__ import annotations

from http.cookiejar import CookieJar

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from quoth.ui.guard import Guard
from quoth.ui.home_html import render_masthead
from quoth.ui.hosts import Hosts
from quoth.ui.labels import speaking
from quoth.ui.login import Login

PASSWORD = "correct horse"


@pytest.fixture
def client() -> TestClient:
    """One that has given the password."""
    app = Starlette(routes=[Route("/", lambda request: PlainTextResponse("inside"))])
    client = TestClient(Guard(Login(app, PASSWORD), Hosts()), base_url="http://127.0.0.1")
    client.post("/quoth/login", content=PASSWORD, headers={"X-Quoth": "1"})
    assert client.get("/").text == "inside"
    return client


def test_signing_out_ends_the_session_and_takes_its_cookie_back(client: TestClient) -> None:
    kept = client.cookies["quoth_session_80"]
    assert 'quoth_session_80="";' in client.post("/quoth/logout", headers={"X-Quoth": "1"}).headers["set-cookie"]
    assert client.get("/").status_code == 401
    client.cookies.set("quoth_session_80", kept)
    assert client.get("/").status_code == 401


def test_pages_of_documents_are_not_shown_out_of_the_browser_s_memory_after_signing_out() -> None:
    kept = {"Cache-Control": "private, max-age=600", "ETag": '"a"'}
    app = Starlette(routes=[Route("/quoth/page", lambda request: PlainTextResponse("drawn", headers=kept))])
    client = TestClient(Guard(Login(app, PASSWORD), Hosts()), base_url="http://127.0.0.1")
    client.post("/quoth/login", content=PASSWORD, headers={"X-Quoth": "1"})
    drawn = client.get("/quoth/page")
    assert (drawn.text, drawn.headers["cache-control"]) == ("drawn", "private, no-cache")


def test_two_servers_on_one_machine_do_not_sign_each_other_out() -> None:
    jar, pages = CookieJar(), []  # cookies know no ports
    for port in (7860, 7861):
        app = Starlette(routes=[Route("/", lambda request: PlainTextResponse("inside"))])
        page = TestClient(Guard(Login(app, PASSWORD), Hosts()), base_url=f"http://127.0.0.1:{port}", cookies=jar)
        page.post("/quoth/login", content=PASSWORD, headers={"X-Quoth": "1"})
        pages.append(page)
    assert [page.get("/").text for page in pages] == ["inside", "inside"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Quoth": "1", "Sec-Fetch-Site": "cross-site"},
        {"X-Quoth": "1", "Origin": "http://elsewhere.example"},
    ],
)
def test_no_other_site_signs_anybody_out(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/quoth/logout", headers=headers).status_code in (400, 403)
    client.get("/quoth/logout")
    assert client.get("/").text == "inside"


def test_the_way_out_is_shown_behind_a_password_only() -> None:
    with speaking("de"):
        assert "Abmelden" in render_masthead({"documents": "Dokumente"}, has_password=True)
        assert "Abmelden" not in render_masthead({"documents": "Dokumente"})
