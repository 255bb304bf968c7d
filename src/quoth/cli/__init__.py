"""The command `quoth`."""

from quoth.cli.app import cli, main

__all__ = ["cli", "main"]
