"""A folder to the index: compare says what has to be done, build does it."""

from quoth.build.plan import Plan, check_not_emptied, compare
from quoth.build.run import IN_PROGRESS, build

__all__ = ["IN_PROGRESS", "Plan", "build", "check_not_emptied", "compare"]
