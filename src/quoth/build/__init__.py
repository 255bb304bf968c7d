"""A folder to the index."""

from quoth.build.run import IN_PROGRESS, build

__all__ = ["IN_PROGRESS", "build"]
