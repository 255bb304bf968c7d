"""What the documentation says is true: its examples run, its links lead somewhere, its tables are complete."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from tests.ui.english import labels

from quoth import embed, records
from quoth.embed import SentenceTransformerEmbedder
from quoth.evaluate.report import Report
from quoth.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = [page for page in PAGES if "```python" in page.read_text(encoding="utf-8")]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("text", EXAMPLES, ids=name_of)
def test_its_examples_run(
    text: Path, tmp_path: Path, seeds: Path, model: SentenceTransformerEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seeds").symlink_to(seeds)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(embed, "load_embedder", lambda *_: model)  # the same model, loaded once for all pages
    names: dict[str, object] = {}
    for number, code in enumerate(re.findall(r"```python\n(.*?)```", text.read_text(encoding="utf-8"), re.DOTALL)):
        exec(compile(code, f"{name_of(text)}, example {number}", "exec"), names)


@pytest.mark.parametrize("text", PAGES, ids=name_of)
def test_its_links_lead_to_files(text: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", text.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (text.parent / target).exists(), target


@pytest.mark.parametrize("text", sorted((ROOT / "docs" / "how-to").glob("*.md")), ids=name_of)
def test_what_it_calls_by_the_name_of_a_label_is_on_the_page(text: Path) -> None:
    """As in: press *New topic*, or *Evidence (3)*. Emphasis of other kinds begins with a small letter."""
    named = re.findall(r"(?<!\*)\*([A-Z][A-Za-z ]*?)(?: \(\d+\))?\*(?!\*)", text.read_text(encoding="utf-8"))
    assert sorted(set(named) - labels()) == []


def test_every_setting_is_documented_with_its_default() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| `(.+?)` \|", page, re.MULTILINE))
    defaults = {field.name: getattr(Settings(), field.name) for field in fields(Settings)}
    assert rows.keys() == defaults.keys()
    assert rows == {name: _written(value) for name, value in defaults.items()}


def _written(value: object) -> str:
    """As in TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | tuple) else str(value)


def test_the_records_that_are_documented_are_so_with_all_their_fields() -> None:
    text = (
        (ROOT / "docs" / "reference" / "python.md").read_text(encoding="utf-8").split("## Records")[1].split("\n## ")[0]
    )
    entries = {re.findall(r"\w+", entry)[0]: entry for entry in text.split("\n- **")[1:]}
    assert {"Answer", "Coverage", "Hit", "Status"} <= set(entries)
    for name in entries.keys() - {"Citation"}:  # whose fields stand in json.md
        record = getattr(records, name)
        named = {one.name for one in fields(record)} if is_dataclass(record) else set()
        assert named - set(re.findall(r"`(\w+)`", entries[name])) == set(), name


def test_the_form_of_an_evaluation_is_documented_with_all_its_fields() -> None:
    text = (ROOT / "docs" / "reference" / "questions.md").read_text(encoding="utf-8")
    (form,) = re.findall(r"^`quoth.evaluation/1`.*?\n\n", text, re.MULTILINE | re.DOTALL)
    assert {one.name for one in fields(Report)} - set(re.findall(r"`(\w+)`", form)) == set()


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150


def test_the_readme_gives_the_figures_that_were_measured() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| (\w+): .+? \| ([\d.]+ \| [\d.]+) \|$", readme, re.MULTILINE))
    tables = json.loads((ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))
    (quality,) = [table for table in tables if table["title"] == "Quality"]
    measured = {row["name"]: row["cells"] for row in quality["rows"]}
    assert len(shown) == 5
    for name, figures in shown.items():
        values = [measured[name][measure]["value"] for measure in ("hit@1", "R@1000")]
        assert figures == " | ".join(f"{value:.2f}" for value in values), name


def test_settings_that_the_settings_file_offers_are_settings() -> None:
    text = (ROOT / "quoth.toml").read_text(encoding="utf-8")
    offered = re.findall(r"^# (\w+ = .+)$", text, re.MULTILINE)
    assert len(offered) >= 5
    for line in offered:
        Settings(**tomllib.loads(line))
