"""`python -m benchmarks.peers`: make the peers' environment, measure them and Quoth, write the table."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import click

from benchmarks.peers.environment import make_environment
from benchmarks.peers.report import MARKDOWN_NAME, SETS, SYSTEMS, read_table
from benchmarks.peers.running import Say, plan, run, without_measured
from benchmarks.peers.systems import QUOTH, System, open_peer, open_quoth
from benchmarks.peers.worker import CHECKOUT


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=CHECKOUT.parent / "shared" / "data",
    envvar="QUOTH_BENCH_DATA",
    help="Folder of sets.  [default: ../shared/data beside the checkout; env QUOTH_BENCH_DATA]",
)
@click.option("--sets", default=",".join(SETS), show_default=True, help="Sets to ask.")
@click.option("--systems", default=",".join(SYSTEMS), show_default=True, help="Systems to measure, in any case.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many questions of each set, for a quick look.")
@click.option("--again", is_flag=True, help="Measure also what the table holds already.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(__file__).parents[1],
    help="Folder of peers.md and peers.json.",
)
def main(*, data: Path, sets: str, systems: str, limit: int | None, again: bool, output: Path) -> None:
    """Measure Quoth and its peers on the same questions and write peers.md and peers.json.

    Saved after each set. What the table holds already, measured on as many questions, is kept.
    """
    say = partial(click.echo, err=True)
    output.mkdir(parents=True, exist_ok=True)
    jobs = plan(data, _names(sets), _systems(systems), limit, say)
    if not jobs:
        raise click.ClickException("nothing can be measured; name the folder of sets with --data")
    if not again:
        jobs = without_measured(jobs, read_table(output))
    with tempfile.TemporaryDirectory(prefix="quoth-peers-") as scratch:
        run(jobs, partial(_open, scratch=Path(scratch), say=say), output, _command(sets, systems, limit), say)
    click.echo(output / MARKDOWN_NAME)


def _open(name: str, scratch: Path, say: Say) -> System:
    return open_quoth(scratch) if name == QUOTH else open_peer(name, make_environment(say))


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.split(","))


def _systems(listed: str) -> tuple[str, ...]:
    known = {name.lower(): name for name in SYSTEMS}
    wanted = [name.lower() for name in _names(listed)]
    if unknown := sorted(set(wanted) - set(known)):
        raise click.BadParameter(
            f"unknown: {', '.join(unknown)}; there are {', '.join(SYSTEMS)}", param_hint="--systems"
        )
    return tuple(known[name] for name in wanted)


def _command(sets: str, systems: str, limit: int | None) -> str:
    """As it can be typed again, without the folders of this machine."""
    words = ["python -m benchmarks.peers"]
    if _names(sets) != SETS:
        words.append(f"--sets {sets}")
    if _systems(systems) != SYSTEMS:
        words.append(f"--systems '{systems}'")
    if limit is not None:
        words.append(f"--limit {limit}")
    return " ".join(words)


if __name__ == "__main__":
    main()
