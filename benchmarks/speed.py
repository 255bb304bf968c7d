"""How fast passages are embedded, beside the plain call that everybody else makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import fmean, median

import numpy as np
from numpy.typing import NDArray

from benchmarks.made_texts import make_text
from benchmarks.quality import ask_all
from benchmarks.results import Cell, Row, Table
from benchmarks.sets import MissingDataError, load_set, read_texts, sample
from benchmarks.timing import alternate
from benchmarks.workspace import Workspace, open_library, read_passages
from quoth.embed import find_model, has_bfloat16, load_embedder
from quoth.evaluate.scoring import is_hit
from quoth.protocols import Embedder
from quoth.settings import Precision, Settings

SPEED = "Encoding speed"
BFLOAT16 = "bfloat16 beside float32"

ROUNDS = 5
TEXTS = 384
TEXT_SET = "squad2_dev"
SHORTEST_PARAGRAPH = 200
PRECISIONS: tuple[Precision, ...] = ("float32", "bfloat16")

Encode = Callable[[list[str]], NDArray[np.float32]]


def measure_speed(workspace: Workspace) -> Iterator[Table]:
    """Quoth's embedder and `SentenceTransformer(model).encode(list)` in turns."""
    from sentence_transformers import SentenceTransformer

    source = find_model(Settings().model)
    embedder = load_embedder(source)
    plain = SentenceTransformer(source.location, device="cpu")
    rows = []
    for name, texts in _texts(workspace, embedder).items():
        workspace.say(f"encoding {len(texts)} {name}, {ROUNDS} rounds")
        rows.append(Row(name, compare_encoders(embedder, plain.encode, texts)))
    yield Table(
        SPEED,
        "Plain: `SentenceTransformer(model).encode(list)` at its defaults, float32, 32 texts a batch, on the CPU. "
        f"Quoth also makes the token vectors of late interaction. {ROUNDS} rounds in turns, a first one not counted; "
        f"ratio of the medians, and of the rounds. {_about_bfloat16()}",
        tuple(rows),
    )


def compare_encoders(embedder: Embedder, plain: Encode, texts: Sequence[str]) -> dict[str, Cell]:
    """Texts a second of both, how many times faster Quoth is, and how far its vectors are from the plain ones."""
    listed = list(texts)
    ours = np.stack([embedding.vector for embedding in embedder.embed_documents(listed)])
    theirs = plain(listed)
    calls = (lambda: embedder.embed_documents(listed), lambda: plain(listed))
    our_times, plain_times = alternate(calls, ROUNDS)
    ratios = [plain_time / our_time for our_time, plain_time in zip(our_times, plain_times, strict=True)]
    return {
        "texts": len(listed),
        "mean characters": fmean(len(text) for text in listed),
        "plain, texts/s": len(listed) / median(plain_times),
        "Quoth, texts/s": len(listed) / median(our_times),
        "times as fast": median(plain_times) / median(our_times),
        "in the rounds": f"{min(ratios):.2f}-{max(ratios):.2f}",
        "least cosine": float((ours * theirs).sum(axis=1).min()),
    }


def measure_bfloat16(workspace: Workspace) -> Iterator[Table]:
    """hit@1 in both precisions on the same questions. Nothing on a CPU that only emulates bfloat16."""
    if not has_bfloat16():
        workspace.say("bfloat16 is not compared with float32: this CPU does not compute in it")
        return
    questions = load_set(workspace.data, TEXT_SET)
    texts = read_texts(questions.documents)
    asked = sample(questions.answerable, workspace.limit)
    shares: dict[str, float] = {}
    for precision in PRECISIONS:
        settings = Settings(precision=precision)
        index, _ = workspace.build(questions, settings)
        with open_library(index, settings) as library:
            replies = ask_all(library, questions, asked, texts)
        shares[precision] = fmean(is_hit(reply.outcome, 1) for reply in replies)
    difference = shares["bfloat16"] - shares["float32"]
    cells: dict[str, Cell] = {"questions": len(asked), **shares, "difference": difference}
    yield Table(BFLOAT16, "hit@1 of the same questions.", (Row(TEXT_SET, cells),))


def _texts(workspace: Workspace, embedder: Embedder) -> dict[str, tuple[str, ...]]:
    """What is encoded, by its name; made-up words when the set is not there."""
    count = min(TEXTS, workspace.limit or TEXTS)
    try:
        questions = load_set(workspace.data, TEXT_SET)
    except MissingDataError as error:
        workspace.say(f"encoding made-up words: {error}")
        return {
            "texts of 2 made-up sentences": tuple(make_text(2, seed) for seed in range(count)),
            "texts of 7 made-up sentences": tuple(make_text(7, seed) for seed in range(count)),
        }
    index, _ = workspace.build(questions)
    paragraphs = [
        line for text in read_texts(questions.documents).values() for line in text.split("\n")
        if len(line) >= SHORTEST_PARAGRAPH
    ]  # fmt: skip
    return {
        f"passages of {TEXT_SET}": sample(read_passages(index, embedder), count),
        f"paragraphs of {TEXT_SET}": sample(paragraphs, count),
    }


def _about_bfloat16() -> str:
    if has_bfloat16():
        return "This CPU computes in bfloat16, which Quoth uses."
    return "This CPU does not compute in bfloat16: both sides in float32."
