"""The page as an ASGI application: Gradio inside FastAPI, behind the guard."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from quoth.ui.environment import quiet_gradio
from quoth.ui.events import Events
from quoth.ui.guard import Guard
from quoth.ui.hosts import Hosts
from quoth.ui.keeping_routes import Keeper
from quoth.ui.login import Login
from quoth.ui.needs import ReadingLibrary
from quoth.ui.pages import pages_of
from quoth.ui.rate import QUESTIONS_PER_MINUTE, RateLimit
from quoth.ui.routes import add_routes
from quoth.ui.static import read_styles

_ICON = (
    "<link rel='icon' href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='7' fill='%23205c56'/%3E%3Cpath fill='%23fff' d='M8 21c0-5 1-8 6-10v2.6c-2 "
    "1-2.600 2-2.700 3.400H14V23H8zm10 0c0-5 1-8 6-10v2.600c-2 1-2.600 2-2.700 3.400H24V23h-6z'/%3E%3C/svg%3E\">"
)


class CompressedPage:
    """ASGI middleware: the page goes out compressed. All else is compressed already, streamed, or a file."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._compressed = GZipMiddleware(app, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and scope["path"] == "/"
        await (self._compressed if is_page else self._app)(scope, receive, send)


def create_app(
    library: ReadingLibrary,
    *,
    hosts: Hosts,
    keeper: Keeper | None = None,
    password: str = "",
    questions_per_minute: int = QUESTIONS_PER_MINUTE,
) -> FastAPI:
    """`hosts`: names under which the page answers.

    Without a `keeper` the folder cannot be changed from the page; with a `password` nothing answers without it.
    """
    quiet_gradio()
    import gradio as gr

    from quoth.ui.page import build_page, theme

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    add_routes(app, library, keeper)
    blocks = build_page(library, has_password=bool(password))
    gr.mount_gradio_app(
        app,
        blocks,
        "/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size=1,
        allowed_paths=[],
        app_kwargs={"openapi_url": None, "docs_url": None, "redoc_url": None},
        theme=theme(),
        # Not as css=, which would be sent twice, once with every selector rewritten.
        head=f"<style>{read_styles()}</style>{_ICON}",
    )
    app.add_middleware(CompressedPage)
    # With a CORS policy of ours, which allows nobody, Gradio's own stands down; that one lets any site in.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(Events, pages=pages_of(blocks))
    if password:
        app.add_middleware(Login, password=password)
    app.add_middleware(Guard, hosts=hosts)
    app.add_middleware(RateLimit, questions_per_minute=questions_per_minute)
    return app
