from __future__ import annotations

import signal
import socket
import urllib.request

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
