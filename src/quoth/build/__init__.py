"""A folder to the index: compare says what has to be done, build does it."""

from quoth.build.plan import Plan, compare
from quoth.build.run import IN_PROGRESS, build
from quoth.build.target import FOLDER, check_same_folder, store_to_build

__all__ = ["FOLDER", "IN_PROGRESS", "Plan", "build", "check_same_folder", "compare", "store_to_build"]
