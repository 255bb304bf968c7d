from __future__ import annotations

import json
import signal
from pathlib import Path

from tests.cli.letters import Quoth, start_quoth

from quoth.store import writing


def test_build_reports_what_it_did(quoth: Quoth) -> None:
    first = quoth("build", "--json")
    report = json.loads(first.stdout)
    assert (first.exit_code, report["format"]) == (0, "quoth.build/1")
    assert (report["added"], report["skipped"]) == (["ships.md", "weber.txt"], [])
    again = quoth("build")
    assert again.exit_code == 0
    assert again.stdout.splitlines()[:4] == ["added      0", "changed    0", "removed    0", "unchanged  2"]


def test_build_names_what_could_not_be_read_and_ends_with_3(quoth: Quoth) -> None:
    Path("seeds/film.mp4").write_bytes(b"\0\0\0\x18ftyp")
    result = quoth("build")
    assert result.exit_code == 3
    assert "1 file not read, or not wholly:\n  film.mp4 (unsupported): " in result.stdout


def test_build_takes_a_folder_and_an_index(quoth: Quoth) -> None:
    Path("seeds").rename("letters")
    assert quoth("build", "letters", "--embeddings", "index").exit_code == 0
    assert json.loads(quoth("status", "--json", "--embeddings", "index").stdout)["folder"] == "letters"


def test_build_all_reads_everything_anew(built: Quoth) -> None:
    report = json.loads(built("build", "--all", "--json").stdout)
    assert (len(report["added"]), report["embedded"]) == (2, report["passages"])


def test_progress_goes_to_stderr_and_results_to_stdout(quoth: Quoth) -> None:
    result = quoth("build", "--json")
    assert result.stderr.splitlines()[0] == "scanning"
    assert result.stderr.splitlines()[-1].startswith("embedding 100 %, ")
    json.loads(result.stdout)


def test_a_second_build_at_once_is_told_so(built: Quoth, tmp_path: Path) -> None:
    with writing(tmp_path / "embeddings"):
        second = start_quoth("build")  # a process of its own: the lock lets the same thread in again
        _, errors = second.communicate(timeout=60)
    assert (second.returncode, errors.startswith("quoth: another build (process ")) == (1, True)


def test_ctrl_c_during_a_build_keeps_what_was_done(quoth: Quoth, tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / "seeds" / f"{number}.txt").write_text(f"Entry {number}. " * 50)
    process = start_quoth("build")
    assert process.stderr is not None
    lines = iter(process.stderr.readline, "")
    assert any(line.startswith("embedding") for line in lines)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert errors.splitlines()[-1] == "quoth: stopped; what was done so far is kept, run `quoth build` again to go on"
    assert "Traceback" not in errors
    status = json.loads(quoth("status", "--json").stdout)
    assert status["interrupted"]
    assert 0 < status["documents"] < 102
    report = json.loads(quoth("build", "--json").stdout)
    assert len(report["added"]) + report["unchanged"] == 102
