from __future__ import annotations

import json
from pathlib import Path

from tests.cli.letters import Quoth


def test_status_says_what_has_changed_since_the_build(built: Quoth) -> None:
    Path("seeds/new.txt").write_text("New.")
    status = json.loads(built("status", "--json").stdout)
    assert (status["format"], status["documents"], status["stale"]) == ("quoth.status/1", 2, ["new.txt"])
    assert "1 file changed since the last build, run `quoth build`:\n  new.txt\n" in built("status").stdout


def test_status_lists_the_documents_when_asked(built: Quoth) -> None:
    assert "\n  ships.md (md, en, 1 passage): Ships\n" in built("status", "--documents").stdout
    files = json.loads(built("status", "--documents", "--json").stdout)["files"]
    assert [(file["source"], file["state"]) for file in files] == [("ships.md", "read"), ("weber.txt", "read")]


def test_what_is_left_out_by_rules_is_told_by_build_and_status(built: Quoth) -> None:
    Path("seeds/.quothignore").write_text("weber.txt\nold/\n")
    Path("seeds/old").mkdir()
    told = "\nleft out   1 file, 1 folder by .quothignore\n"
    assert told in built("build").stdout
    shown = built("status")
    assert told in shown.stdout
    assert "changed since the last build" not in shown.stdout
    assert json.loads(built("status", "--json").stdout)["ignored"] == {"files": 1, "folders": 1}
