from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest

from quoth.errors import ParseError
from quoth.parsing import ParsingWorker
from quoth.parsing.worker import resident_bytes
from quoth.records import State

from .checks import assert_sound
from .pdf_writer import PdfPage, lines_of, make_pdf

HELPLESS = """
import os, signal, sys, time
from pathlib import Path
from quoth.records import Parsed

def parse(path: Path) -> Parsed:
    order = path.read_text()
    if order == "sleep":
        time.sleep(60)
    if order == "fill":
        bytearray(10**12)
    if order == "fill slowly":
        hoard = []
        while True:
            hoard.append(bytearray(10**7))
    if order.isdigit():
        os.kill(os.getpid(), int(order))
    if order == "exit":
        os._exit(3)
    if order in ("babble", "promise"):
        content = (3).to_bytes(4, "big") + b"{}\\n" if order == "babble" else (10**9).to_bytes(4, "big")
        os.write(int(sys.argv[1]), content)
        time.sleep(60)
    if order == "raise":
        raise ValueError("two\\nlines")
    return Parsed(kind="helpless", text=order)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files with the ending "helpless" do to their parser what they say."""
    (tmp_path / "helpless.py").write_text(HELPLESS)
    information = tmp_path / "helpless-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Name: helpless\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[quoth.parsers]\nhelpless = helpless:parse\n")
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def order(folder: Path, text: str) -> Path:
    path = folder / "order.helpless"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "state", "reason"),
    [
        ("sleep", State.TIMED_OUT, "longer than 2 s"),
        ("fill", State.TOO_BIG, "more memory than allowed"),
        ("fill slowly", State.TOO_BIG, "more memory than allowed"),
        (str(signal.SIGABRT.value), State.TOO_BIG, "more memory than allowed"),
        (str(signal.SIGKILL.value), State.TOO_BIG, "more memory than allowed"),
        (str(signal.SIGSEGV.value), State.DAMAGED, "it broke the parser"),
        ("exit", State.DAMAGED, "it broke the parser"),
        ("raise", State.DAMAGED, "(ValueError: two lines)"),
    ],
)
def test_a_file_that_breaks_its_parser_ends_in_a_state_and_the_next_is_read(
    folder: Path, text: str, state: State, reason: str
) -> None:
    time_limit_s = 2.0 if text == "sleep" else 30.0
    with ParsingWorker(time_limit_s, memory_limit_bytes=200_000_000) as worker:
        broken = worker.parse(order(folder, text), "a.helpless")
        assert_sound(broken)
        assert broken.state is state
        assert reason in broken.reason
        assert worker.parse(order(folder, "good"), "a.helpless").text == "good"


def parsing_processes() -> list[psutil.Process]:
    """Ours, not those that other tests of this run have started, such as a browser's."""
    return [child for child in psutil.Process().children() if "quoth.parsing.serve" in " ".join(child.cmdline())]


def test_one_process_reads_many_files_and_is_gone_afterwards(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    with ParsingWorker() as worker:
        assert parsing_processes() == []
        for _ in range(20):
            assert worker.parse(tmp_path / "a.txt", "a.txt").text == "words"
        (process,) = parsing_processes()
    assert not process.is_running()


@pytest.mark.parametrize("text", ["good", str(signal.SIGKILL.value)])
def test_a_process_that_was_killed_while_it_waited_is_not_held_against_the_next_file(folder: Path, text: str) -> None:
    expected = ("good", State.READ) if text == "good" else ("", State.TOO_BIG)
    with ParsingWorker() as worker:
        for number in (signal.SIGKILL, signal.SIGSEGV):
            assert worker.parse(order(folder, "first"), "a.helpless").text == "first"
            (process,) = parsing_processes()
            process.send_signal(number)
            psutil.wait_procs([process], timeout=5)
            parsed = worker.parse(order(folder, text), "a.helpless")
            assert (parsed.text, parsed.state) == expected


def test_a_process_that_ends_as_it_begins_is_started_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python"
    python.write_text(
        f'#!/bin/sh\n[ -e {tmp_path}/tried ] || {{ touch {tmp_path}/tried; kill -9 $$; }}\nexec {sys.executable} "$@"\n'
    )
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    (tmp_path / "a.txt").write_text("words")
    with ParsingWorker() as worker:
        assert worker.parse(tmp_path / "a.txt", "a.txt").text == "words"
    assert (tmp_path / "tried").exists()


def test_a_closed_worker_starts_again_when_asked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    worker = ParsingWorker()
    worker.parse(tmp_path / "a.txt", "a.txt")
    worker.close()
    worker.close()
    assert worker.parse(tmp_path / "a.txt", "a.txt").text == "words"
    worker.close()


@pytest.mark.parametrize("text", ["babble", "promise"])
def test_an_answer_that_is_malformed_or_too_long_is_refused_at_once(folder: Path, text: str) -> None:
    started = time.monotonic()
    with ParsingWorker(memory_limit_bytes=300_000_000) as worker:
        assert worker.parse(order(folder, text), "a.helpless").state is State.DAMAGED
        assert time.monotonic() - started < 30
        assert worker.parse(order(folder, "good"), "a.helpless").text == "good"


def test_a_file_name_that_is_no_text_is_found(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9 \xff.txt")
    (tmp_path / name).write_text("words")
    with ParsingWorker() as worker:
        assert worker.parse(tmp_path / name, name).text == "words"


def test_threads_share_a_worker(tmp_path: Path) -> None:
    texts: list[str] = []
    with ParsingWorker() as worker:

        def read(name: str) -> None:
            (tmp_path / name).write_text(name * 1000)
            texts.append(worker.parse(tmp_path / name, name).text)

        threads = [threading.Thread(target=read, args=(f"{number}.txt",)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(texts) == [f"{number}.txt" * 1000 for number in range(8)]


def test_a_pdf_that_unpacks_without_end_is_too_big(tmp_path: Path) -> None:
    content = make_pdf([PdfPage(lines_of("x"))])
    packed = zlib.compress(b"BT (x) Tj ET " * 30_000_000, 1)
    bomb = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    bomb += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    bomb += b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream endobj\n"
    (tmp_path / "bomb.pdf").write_bytes(bomb + b"trailer<</Root 1 0 R>>\n%%EOF")
    (tmp_path / "good.pdf").write_bytes(content)
    with ParsingWorker(memory_limit_bytes=300_000_000, time_limit_s=20) as worker:
        parsed = worker.parse(tmp_path / "bomb.pdf", "bomb.pdf")
        assert_sound(parsed)
        assert parsed.state in {State.TOO_BIG, State.DAMAGED, State.EMPTY}
        assert worker.parse(tmp_path / "good.pdf", "good.pdf").text == "x"


@pytest.mark.parametrize(
    ("python", "reason"),
    [(shutil.which("false") or "", "ended as it began"), ("/nowhere/python", "can be started: .*No such file")],
)
def test_a_process_that_cannot_start_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, python: str, reason: str
) -> None:
    monkeypatch.setattr(sys, "executable", python)
    with ParsingWorker() as worker, pytest.raises(ParseError, match=reason):
        worker.parse(tmp_path / "a.txt", "a.txt")


def test_memory_in_use_is_known_for_systems_without_a_limit() -> None:
    assert 5_000_000 < resident_bytes(os.getpid()) < 10_000_000_000
    assert resident_bytes(2**22 + 1) == 0


SCRIPT = """
import sys
from pathlib import Path
from quoth.parsing import ParsingWorker
worker = ParsingWorker()
print(worker.parse(Path(sys.argv[1]), sys.argv[1]).text, flush=True)
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)


def test_a_script_without_a_main_guard_can_use_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "script.py").write_text(SCRIPT + "worker.close()\n")
    (tmp_path / "lxml.py").write_text("raise SystemExit('the working directory is not searched')")
    for arguments in ([str(tmp_path / "script.py")], ["-c", SCRIPT + "worker.close()\n"]):
        done = run(*arguments, str(tmp_path / "a.txt"))
        assert (done.stdout, done.stderr) == ("words\n", "")


def test_the_parsing_process_ends_with_a_killed_parent(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    script = SCRIPT + "import psutil, time\nprint(psutil.Process().children()[0].pid, flush=True)\ntime.sleep(60)\n"
    command = [sys.executable, "-c", script, str(tmp_path / "a.txt")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "words\n"
        pid = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.05)
    pytest.fail("the parsing process outlived its parent")


@pytest.mark.parametrize("delay", [0.05, 0.8])
def test_ctrl_c_ends_one_file_without_a_word_from_the_parsing_process(folder: Path, delay: float) -> None:
    path = order(folder, "sleep")
    script = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from pathlib import Path\nfrom quoth.parsing import ParsingWorker\n"
        "with ParsingWorker() as worker:\n"
        "    try:\n        print('ready', flush=True)\n        worker.parse(Path(sys.argv[1]), sys.argv[1])\n"
        "    except KeyboardInterrupt:\n        print('stopped')\n"
        "    Path(sys.argv[1]).write_text('good')\n"
        "    print(worker.parse(Path(sys.argv[1]), sys.argv[1]).text)\n"
    )
    command = [sys.executable, "-c", script, str(path), str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "ready\n"
        time.sleep(delay)  # while it starts, while it reads
        os.killpg(parent.pid, signal.SIGINT)
        out, err = parent.communicate(timeout=20)
    assert (out, err) == ("stopped\ngood\n", "")


def test_the_parsing_process_loads_no_large_library() -> None:
    script = "import sys, quoth.parsing.serve; print(sorted({'torch', 'gradio', 'faiss', 'numpy'} & set(sys.modules)))"
    assert run("-c", script).stdout == "[]\n"
