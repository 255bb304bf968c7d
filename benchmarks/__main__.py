"""`python -m benchmarks [PART ...]`: measure and write the results."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from benchmarks import (
    ablation,
    calibrate,
    documents,
    followups,
    formats,
    fusion,
    latency,
    memory,
    mixed,
    page,
    quality,
    rebuild,
    sessions,
    speed,
    weight,
)
from benchmarks.machine import make_stamp
from benchmarks.results import MARKDOWN_NAME, Table, load, merge, save, stamp_rows
from benchmarks.sets import QUALITY_SETS, MissingDataError
from benchmarks.workspace import Workspace

HERE = Path(__file__).parent
DEFAULT_DATA = HERE.parent.parent / "shared" / "data"
TITLES = (
    quality.QUALITY,
    quality.VERDICTS,
    quality.SEPARATION,
    quality.RISK,
    calibrate.RISK_OF_ANSWERS,
    calibrate.OTHER_THRESHOLDS,
    calibrate.CONSTANTS,
    documents.DOCUMENTS,
    ablation.ABLATION,
    fusion.FUSION,
    fusion.WEIGHTS,
    followups.FOLLOW_UPS,
    followups.STAND_ALONE,
    speed.SPEED,
    speed.BFLOAT16,
    rebuild.REBUILD,
    formats.FORMATS,
    mixed.MIXED,
    latency.LATENCY,
    memory.MEMORY,
    memory.DISK,
    page.PAGE,
    weight.WEIGHT,
    sessions.SESSIONS,
)

Measure = Callable[[Workspace], Iterator[Table]]
PARTS: dict[str, tuple[Measure, ...]] = {
    "quality": (),  # one measure for each set: `measures_of`
    "calibrate": (calibrate.measure_risk,),
    "ablation": tuple(partial(ablation.measure_ablation, name=name) for name in ablation.ALL_SETS),
    "fusion": (fusion.measure_fusion,),
    "documents": tuple(partial(documents.measure_documents, name=name) for name in documents.SETS),
    "followups": (followups.measure_follow_ups, followups.measure_stand_alone),
    "speed": (speed.measure_speed, speed.measure_bfloat16),
    "rebuild": (rebuild.measure_rebuild,),
    "formats": (formats.measure_formats,),
    "mixed": (mixed.measure_mixed,),
    "latency": (latency.measure_latency,),
    "memory": (memory.measure_memory,),
    "page": (page.measure_page, weight.measure_weight),
    "sessions": (sessions.measure_sessions,),
}


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(list(PARTS)))
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=DEFAULT_DATA,
    envvar="QUOTH_BENCH_DATA",
    help="Folder of sets.  [default: ../shared/data beside the checkout; env QUOTH_BENCH_DATA]",
)
@click.option("--sets", default=",".join(QUALITY_SETS), show_default=True, help="Sets to measure quality on.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many questions of each kind, for a quick look.")
@click.option("--pictures", type=click.Path(path_type=Path, file_okay=False), help="Where `calibrate` draws its own.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=HERE, help="Folder of the results.")
def main(parts: tuple[str, ...], data: Path, sets: str, limit: int | None, pictures: Path | None, output: Path) -> None:
    """Measure PARTS of Quoth (default: all) and write results.md and results.json.

    Results of parts and sets that are not measured this time are kept.
    """
    output.mkdir(parents=True, exist_ok=True)
    names = tuple(name.strip() for name in sets.split(","))
    chosen = parts or tuple(PARTS)
    command = _command(parts, names, limit)
    with tempfile.TemporaryDirectory(prefix="quoth-bench-") as scratch:
        workspace = Workspace(data, Path(scratch), partial(click.echo, err=True), names, limit, pictures)
        measures = [measure for part in chosen for measure in measures_of(part, names)]
        missing = run(measures, workspace, output, command)
    for reason in missing:
        click.echo(f"not measured: {reason} in {data}", err=True)
    if len(missing) == len(measures):
        raise click.ClickException("nothing could be measured; name the folder of sets with --data")
    click.echo(output / MARKDOWN_NAME)


def measures_of(part: str, sets: Sequence[str]) -> tuple[Measure, ...]:
    if part == "quality":
        return tuple(partial(quality.measure_set, name=name) for name in sets)
    return PARTS[part]


def run(measures: Sequence[Measure], workspace: Workspace, output: Path, command: str) -> list[str]:
    """Measure one after the other, saving after each; returns why those that lack data were not measured."""
    missing = []
    for measure in measures:
        stamp = make_stamp(command)
        try:
            tables = [stamp_rows(table, stamp) for table in measure(workspace)]
        except MissingDataError as error:
            missing.append(str(error))
            continue
        save(output, merge(load(output), tables), TITLES)
    return missing


def _command(parts: Sequence[str], sets: Sequence[str], limit: int | None) -> str:
    """As it can be typed again, without the folders of this machine."""
    words = ["python -m benchmarks", *parts]
    if tuple(sets) != QUALITY_SETS:
        words.append(f"--sets {','.join(sets)}")
    if limit is not None:
        words.append(f"--limit {limit}")
    return " ".join(words)


if __name__ == "__main__":
    main()
