from __future__ import annotations

import signal
import socket
import urllib.request

import pytest
from tests.cli.letters import Quoth, start_quoth


def test_serve_prints_its_address_answers_there_and_ends_cleanly(built: Quoth) -> None:
    process = start_quoth("serve", "--port", "0", "--no-open")
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(address, timeout=30) as page:
        assert page.status == 200
    process.send_signal(signal.SIGINT)
    rest, errors = process.communicate(timeout=60)
    assert (process.returncode, rest, errors) == (0, "", "quoth: starting the page; Ctrl-C stops it\n")


def test_a_port_that_is_taken_is_an_error_in_one_line(built: Quoth) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = built("serve", "--port", str(port), "--no-open")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[-1].startswith(f"quoth: port {port} on 127.0.0.1 cannot be used")


def test_who_opens_the_page_under_a_name_is_told_to_name_a_proxy(built: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        asked = ("serve", "--port", str(taken.getsockname()[1]), "--no-open", "--public-host", "docs.example.org")
        monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
        assert "name its address in FORWARDED_ALLOW_IPS" in built(*asked).stderr
        monkeypatch.setenv("FORWARDED_ALLOW_IPS", "127.0.0.1")
        assert "FORWARDED_ALLOW_IPS" not in built(*asked).stderr
