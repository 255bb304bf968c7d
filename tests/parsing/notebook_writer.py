"""Jupyter notebooks of version 4, from the cells that a test names."""

from __future__ import annotations

import json


def make_notebook(*cells: object, **metadata: object) -> bytes:
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1).encode()


def markdown(source: object) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code(source: object, *outputs: object) -> dict[str, object]:
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": outputs, "source": source}


def stream(text: object) -> dict[str, object]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def result(**data: object) -> dict[str, object]:
    """Keys are media types with "_" for "/"."""
    types = {name.replace("_", "/"): value for name, value in data.items()}
    return {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": types}
