"""Exit codes. Each command's --help says which it has; docs/reference/cli.md is made from those."""

OK = 0
ERROR = 1
# 2 is wrong usage: click's own.
INCOMPLETE = 3
"""build: some files are not read. ask: not answered. verify: a quote has moved."""
CHANGED = 4
"""verify: a quote has changed."""
INTERRUPTED = 130
"""128 + SIGINT, as shells report it."""
