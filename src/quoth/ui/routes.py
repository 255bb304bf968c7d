"""Routes of our own beside Gradio's: files for the browser, and what it sends that is no event. All below /quoth/.

The guard lets them through by their path (`guard.OURS`); what is sent there must carry the header `X-Quoth`, which no
page of another site can add.
"""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, FastAPI

from quoth.ui.documents_routes import documents_router
from quoth.ui.evidence_routes import evidence_router
from quoth.ui.keeping_routes import Keeper, keeping_router
from quoth.ui.needs import ReadingLibrary
from quoth.ui.original_routes import make_original_router
from quoth.ui.passage_routes import passage_router
from quoth.ui.table_routes import make_table_router
from quoth.ui.terms import Terms


def add_routes(app: FastAPI, library: ReadingLibrary, keeper: Keeper | None = None) -> None:
    """To be called before Gradio is mounted, which takes every path that is left."""
    for make_router in ROUTERS:
        app.include_router(make_router(library), prefix="/quoth")
    keeping = keeping_router(keeper or Keeper(Terms(), "127.0.0.1"), lambda: library.generation)
    app.include_router(keeping, prefix="/quoth")


ROUTERS: tuple[Callable[[ReadingLibrary], APIRouter], ...] = (
    make_original_router,
    passage_router,
    make_table_router,
    documents_router,
    evidence_router,
)
