from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from socket import gethostname

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from quoth.errors import SettingsError
from quoth.ui.events import Events, read_event
from quoth.ui.guard import Guard
from quoth.ui.hosts import Hosts, hosts_for
from quoth.ui.pages import OpenPages

JOIN = "/gradio_api/queue/join"
FILE = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
EVENT = {"data": ["Where?", None], "event_data": None, "fn_index": 0, "trigger_id": 5, "session_hash": "0a1b2c"}
OPENED = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["path", "url", "meta"]), inner),
    max_leaves=8,
)


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(await Request(scope, receive).body())(scope, receive, send)


def events() -> Events:
    async def nothing(session: str) -> None:
        pass

    return Events(echo, OpenPages(9, nothing, nothing))


@pytest.fixture
def client() -> TestClient:
    """Sends to a guard before an application that gives back what it received."""
    return TestClient(Guard(events(), Hosts()), base_url="http://127.0.0.1")


def test_an_event_of_the_page_arrives_as_it_was_sent(client: TestClient) -> None:
    answered = client.post(JOIN, json=EVENT)
    assert (answered.status_code, answered.json()) == (200, EVENT)


@pytest.mark.parametrize(
    "changed",
    [
        {"data": [FILE, None]},
        {"data": [[FILE], None]},
        {"data": [{"url": "http://127.0.0.1/"}]},
        {"data": FILE},
        {"data": "text"},
        {"event_data": FILE},
        {"event_data": {"search": FILE}},
        {"event_data": {"search": "a", "path": "/etc/passwd"}},
        {"fn_index": "0"},
        {"fn_index": True},
        {"trigger_id": 1.5},
        {"session_hash": "../a"},
        {"session_hash": None},
        {"session_hash": 1},
        {"batched": True},
        {"oauth_token": "a"},
    ],
)
def test_what_no_event_of_the_page_consists_of_is_refused(client: TestClient, changed: dict[str, object]) -> None:
    assert client.post(JOIN, json={**EVENT, **changed}).status_code == 400


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{}", b"{", b"\xff", b"[" * 100_000, b'{"data":' * 100_000, b"9" * 5_000]
)
def test_a_body_that_is_no_event_is_refused(client: TestClient, body: bytes) -> None:
    assert client.post(JOIN, content=body).status_code == 400


@given(st.lists(JSON, max_size=3), JSON)
def test_inputs_are_texts_or_nothing(data: list[object], event_data: object) -> None:
    sent = {"data": data, "event_data": event_data, "session_hash": "a"}
    read = read_event(json.dumps(sent).encode())
    if read is None:
        assert event_data is not None or any(item is not None and not isinstance(item, str) for item in data)
    else:
        assert json.loads(read) == sent
        assert all(item is None or isinstance(item, str) for item in data)
        assert event_data is None or set(json.loads(read)["event_data"]) <= {"search", "digest"}


def test_who_announces_a_body_and_sends_nothing_is_not_waited_for() -> None:
    answered: list[Message] = []

    async def never() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.request"}

    async def note(message: Message) -> None:
        answered.append(message)

    headers = [(b"host", b"localhost"), (b"content-length", b"9")]
    scope = {"type": "http", "method": "POST", "path": JOIN, "headers": headers, "query_string": b""}
    waiting = asyncio.wait_for(Guard(events(), Hosts(), silence_s=0.1)(scope, never, note), 10)
    with ThreadPoolExecutor(1) as pool:  # in a thread where no browser test has left its event loop
        pool.submit(asyncio.run, waiting).result()
    assert answered[0]["status"] == 400


def test_a_client_that_goes_away_while_it_sends_is_no_error() -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def never(message: Message) -> None:
        pytest.fail("nobody is left to be answered")

    headers = [(b"host", b"localhost"), (b"x-quoth", b"1")]
    scope = {"type": "http", "method": "POST", "path": "/quoth/x", "headers": headers, "query_string": b""}
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, Guard(echo, Hosts())(scope, gone, never)).result()


def test_of_two_readings_of_a_body_one_is_left() -> None:
    read = read_event(b'{"session_hash": "a", "data": [{"path": "/etc/passwd"}], "data": ["a"]}')
    assert read == b'{"session_hash": "a", "data": ["a"]}'


@pytest.mark.parametrize("origin", ["http://[", "http://127.0.0.1:1", "http://evil.example", "null", "x"])
def test_other_origins_are_refused(client: TestClient, origin: str) -> None:
    assert client.post(JOIN, json=EVENT, headers={"Origin": origin}).status_code == 403
    assert client.post(JOIN, json=EVENT, headers={"Origin": "http://127.0.0.1"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/queue/data", "/theme.css"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_is_sent_but_events(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path, json=EVENT).status_code == 405


@pytest.mark.parametrize("path", ["/config", "/theme.css", "/gradio_api/queue/data"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_other_sites_can_follow_a_link_and_no_more(client: TestClient, path: str, site: str) -> None:
    there = {"Sec-Fetch-Site": site}
    assert client.get(path, headers=there).status_code == 403
    assert client.get(path, headers={**there, **OPENED}).status_code == 403
    assert client.post(JOIN, json=EVENT, headers=there).status_code == 403
    assert client.get("/", headers=there).status_code == 403
    assert client.get("/", headers={**there, **OPENED, "Sec-Fetch-Dest": "iframe"}).status_code == 403
    assert client.get("/", headers={**there, **OPENED}).status_code == 200
    assert client.get(path, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


@pytest.mark.parametrize(
    ("host", "address", "named", "answered"),
    [
        ("127.0.0.1", "127.0.0.1", "localhost:7860", 200),
        ("192.0.2.7", "192.0.2.7", "192.0.2.7:7860", 200),
        ("192.0.2.7", "192.0.2.7", "localhost:7860", 200),
        ("192.0.2.7", "192.0.2.7", "evil.example:7860", 403),
        ("Desk.lan", "192.0.2.7", "desk.lan:7860", 200),
        ("Desk.lan", "192.0.2.7", "192.0.2.7:7860", 200),
        ("Desk.lan", "192.0.2.7", "evil.example", 403),
        ("0.0.0.0", "0.0.0.0", "evil.example:7860", 403),
        ("0.0.0.0", "0.0.0.0", "", 403),
        ("0.0.0.0", "0.0.0.0", "192.0.2.7.evil.example", 403),
        ("0.0.0.0", "0.0.0.0", "192.0.2.7:7860", 200),
        ("0.0.0.0", "0.0.0.0", "localhost:7860", 200),
        ("0.0.0.0", "0.0.0.0", f"{gethostname()}:7860", 200),
        ("0.0.0.0", "0.0.0.0", f"{gethostname().partition('.')[0].upper()}.local:7860", 200),
        ("::", "::", "evil.example:7860", 403),
        ("::", "::", "[2001:db8::7]:7860", 200),
        ("fe80::1", "fe80::1", "[fe80::1]:7860", 200),
        ("fe80::1", "fe80::1", "evil.example", 403),
    ],
)
def test_only_the_names_of_the_bound_address_are_let_in(host: str, address: str, named: str, answered: int) -> None:
    client = TestClient(Guard(events(), hosts_for(host, address)))
    assert client.get("/", headers={"Host": named}).status_code == answered


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "192.0.2.7"])
def test_a_public_name_is_a_name_of_the_page_whether_a_proxy_keeps_it_or_not(address: str) -> None:
    hosts = hosts_for(address, address, ["Docs.Example.org", "office.example:8443"])
    client = TestClient(Guard(events(), hosts), base_url="http://127.0.0.1:7860")

    def post(host: str, origin: str) -> int:
        return client.post(JOIN, json=EVENT, headers={"Host": host, "Origin": origin}).status_code

    assert client.get("/", headers={"Host": "docs.example.org"}).status_code == 200
    assert client.get("/", headers={"Host": "evil.docs.example.org"}).status_code == 403
    assert post("docs.example.org", "https://docs.example.org") == 200
    assert post("127.0.0.1:7860", "https://docs.example.org") == 200
    assert post("127.0.0.1:7860", "https://office.example:8443") == 200
    assert post("127.0.0.1:7860", "https://docs.example.org:8443") == 403
    assert post("127.0.0.1:7860", "https://evil.example") == 403
    assert post("docs.example.org", "https://evil.example") == 403


def test_a_name_that_does_not_belong_to_the_page_is_refused_with_the_way_to_allow_it(client: TestClient) -> None:
    assert "quoth serve --public-host NAME" in client.get("/", headers={"Host": "desk.lan"}).text


async def echo_head(scope: Scope, receive: Receive, send: Send) -> None:
    await JSONResponse(Headers(scope=scope).get("x-forwarded-host", ""))(scope, receive, send)


@pytest.mark.parametrize(
    ("path", "named", "seen"),
    [
        ("/", "evil.example", ""),
        ("/config", 'evil.example"><script>', ""),
        ("/config", "docs.example.org", "docs.example.org"),
        ("/quoth/keeping", "evil.example", "evil.example"),  # there, that it is sent at all tells of a proxy
    ],
)
def test_gradio_is_told_no_name_that_is_not_of_the_page(path: str, named: str, seen: str) -> None:
    guard = Guard(echo_head, hosts_for("127.0.0.1", "127.0.0.1", ["docs.example.org"]))
    client = TestClient(guard, base_url="http://127.0.0.1")
    assert client.get(path, headers={"X-Forwarded-Host": named}).json() == seen


def test_the_page_itself_is_kept_nowhere(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "private, no-store"
    assert "cache-control" not in client.get("/config").headers


def test_an_address_that_gradio_would_fail_at_is_refused_in_the_language_of_the_reader(client: TestClient) -> None:
    refused = client.get("/?in=" + "a" * 64_000, headers={"Accept-Language": "de"})
    assert (refused.status_code, refused.text[:28]) == (414, "Diese Adresse ist zu lang; w")


def test_a_public_name_in_other_letters_is_known_as_browsers_send_it() -> None:
    assert hosts_for("127.0.0.1", "127.0.0.1", ["bücher.example"]).has("xn--bcher-kva.example")


@pytest.mark.parametrize("name", ["https://docs.example.org", "docs.example.org/", "", "a b", "*", ".", "x" * 70])
def test_a_public_name_that_is_none_is_said(name: str) -> None:
    with pytest.raises(SettingsError, match="without https://"):
        hosts_for("127.0.0.1", "127.0.0.1", [name])
