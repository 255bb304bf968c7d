"""What the commands share: the options that say which library, and the library they open."""

from __future__ import annotations

import contextlib
import functools
import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Concatenate, ParamSpec

import click

from quoth.settings import Settings

if TYPE_CHECKING:
    from quoth.library import Library

    OpenLibrary = Callable[[Settings], Library]

Options = ParamSpec("Options")


def with_library(
    command: Callable[Concatenate[Library, Options], int], calibration: str | None = None
) -> Callable[..., None]:
    """Give `command` the library that the options name, as its first argument; what it returns is the exit code.

    `calibration` takes the place of the setting of that name.
    """

    @click.option("--embeddings", metavar="DIR", help="Where the index is kept.  [default: embeddings]")
    @click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False),
        metavar="PATH",
        help="File of settings.  [default: quoth.toml, where there is one]",
    )
    @click.option("-v", "--verbose", count=True, help="Log to stderr; -vv logs libraries too.")
    @click.pass_context
    @functools.wraps(command)
    def run(
        ctx: click.Context,
        /,
        embeddings: str | None,
        config: str | None,
        verbose: int,
        *arguments: Options.args,
        **options: Options.kwargs,
    ) -> None:
        # What only some commands offer, for the library and not for them.
        more = {name: options.pop(name) for name in ("cross_encoder", "read_only", "public_hosts") if name in options}
        settings = Settings.load(config or "quoth.toml", embeddings=embeddings, calibration=calibration, **more)
        with _logging(verbose), open_library(settings) as library:
            ctx.exit(command(library, *arguments, **options))

    return run


with_cross_encoder = click.option(
    "--cross-encoder",
    metavar="MODEL",
    help='Order the best passages with this model: a folder, or a name; "" for none.  [default: as the settings say]',
)
"""Above `with_library`, which takes its value."""


def with_uncalibrated_library(command: Callable[Concatenate[Library, Options], int]) -> Callable[..., None]:
    """`with_library` without the setting `calibration`: one that no longer fits must not keep from making another."""
    return with_library(command, calibration="")


def open_library(settings: Settings) -> Library:
    """The library of `settings`. The context's `obj` is an `OpenLibrary` that takes the place of `Library.open`."""
    open_it: OpenLibrary = click.get_current_context().obj or _open
    return open_it(settings)


def _open(settings: Settings) -> Library:
    from quoth.library import Library

    return Library.open(settings=settings)


@contextlib.contextmanager
def _logging(verbose: int) -> Iterator[None]:
    if not verbose:
        yield
        return
    logger = logging.getLogger("quoth" if verbose == 1 else None)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s: %(message)s", "%H:%M:%S"))
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO if verbose == 1 else logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
