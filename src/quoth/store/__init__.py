"""The embedded store: SQLite is the truth, vectors and words follow it."""

from quoth.store.embedded import EmbeddedStore
from quoth.store.layout import bytes_below
from quoth.store.lock import writing
from quoth.store.shared import SharedStore

__all__ = ["EmbeddedStore", "SharedStore", "bytes_below", "writing"]
