"""Scripts and style sheets of the page, by folder; each folder's files are put together in the order of their names."""

from __future__ import annotations

from importlib import resources


def read_scripts(folder: str) -> str:
    """What Gradio runs for one component; each file has names of its own."""
    return "\n".join(f"{{\n{text}}}" for text in _read(folder, ".js"))


def read_styles() -> str:
    """What is for paper comes last, and so takes the place of rules for the screen."""
    return "".join(_read("styles", ".css")) + "".join(_read("paper", ".css"))


def _read(folder: str, suffix: str) -> list[str]:
    files = resources.files(__name__).joinpath(folder).iterdir()
    return [file.read_text("utf-8") for file in sorted(files, key=lambda file: file.name) if file.name.endswith(suffix)]
