"""What a conversation adds: questions asked alone and after the ones before them, as `Library.ask` takes them."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import click

from benchmarks.results import Cell, Row, Table
from benchmarks.sets import Question, load_set, sample
from benchmarks.workspace import Workspace, open_library
from quoth.evaluate.intervals import difference_interval, mean_interval
from quoth.evaluate.scoring import is_hit, score_answer
from quoth.followup import Leaning, leaning_of
from quoth.library import Library
from quoth.records import Answer

FOLLOW_UPS = "Follow-ups"
STAND_ALONE = "Questions that stand alone, after another question"

CONVERSATIONS_SET = "inscit_dev"
ALONE_SET = "squad2_dev"
ALONE_QUESTIONS = 400
LANGUAGE = "en"
"""Of both sets."""
SHOWN = 10
SEED = 1
"""Of the half of the conversations that the settings were chosen on, and of the questions put before others."""

Conversation = tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One question with a known answer, asked twice."""

    question: Question
    alone: Answer
    after: Answer
    """With what was asked before."""
    is_left_out: bool = False
    """Of a conversation that no setting was chosen on."""

    @property
    def leaning(self) -> Leaning:
        """As judged; a question that has all it needs itself takes nothing over and counts as standing alone."""
        if not self.after.searched_for:
            return Leaning.ALONE
        return leaning_of(self.question.text, LANGUAGE)


def measure_follow_ups(workspace: Workspace) -> Iterator[Table]:
    """The conversations of CONVERSATIONS_SET, replayed: each turn knows the answers that Quoth itself gave before."""
    questions = load_set(workspace.data, CONVERSATIONS_SET)
    conversations = conversations_of(questions.questions)
    fitted, chosen = half_of(conversations), sample(conversations, workspace.limit)
    index, _ = workspace.build(questions)
    with open_library(index) as library, click.progressbar(chosen, label="replaying", file=sys.stderr) as bar:
        pairs = [pair for one in bar for pair in replay(library, one, is_left_out=name_of(one) not in fitted)]
    groups: dict[str, Callable[[Pair], bool]] = {
        "all with earlier turns": lambda pair: True,
        "of conversations left out when choosing": lambda pair: pair.is_left_out,
        "takes something over": lambda pair: pair.leaning is not Leaning.ALONE,
        "… refers back": lambda pair: pair.leaning is Leaning.REFERS,
        "… names nothing": lambda pair: pair.leaning is Leaning.NAMES_NOTHING,
        "judged to stand alone": lambda pair: pair.leaning is Leaning.ALONE,
    }
    note = f"Answerable questions of {CONVERSATIONS_SET} that are not the first of their conversation."
    yield Table(FOLLOW_UPS, note, tuple(rows_of(pairs, groups)))


def measure_stand_alone(workspace: Workspace) -> Iterator[Table]:
    """Questions of ALONE_SET, which were written to stand alone, after one about the same document or another."""
    questions = load_set(workspace.data, ALONE_SET)
    asked = sample(questions.answerable, min(ALONE_QUESTIONS, workspace.limit or ALONE_QUESTIONS))
    chance = random.Random(SEED)
    index, _ = workspace.build(questions)
    rows: list[Row] = []
    with open_library(index) as library:
        for name, is_same in (("after one about the same document", True), ("after one about another", False)):
            with click.progressbar(asked, label=name, file=sys.stderr) as bar:
                pairs = [ask_after(library, one, pick(one, questions.answerable, chance, is_same)) for one in bar]
            rows += rows_of(pairs, {name: lambda pair: True})
    note = f"Questions of {ALONE_SET}, each after another question that was drawn by chance."
    yield Table(STAND_ALONE, note, tuple(rows))


def conversations_of(questions: Sequence[Question]) -> tuple[Conversation, ...]:
    """A question without earlier turns begins a conversation; those that follow it in the file belong to it."""
    found: list[list[Question]] = []
    for question in questions:
        if not question.history or not found:
            found.append([])
        found[-1].append(question)
    return tuple(tuple(conversation) for conversation in found)


def half_of(conversations: Sequence[Conversation]) -> frozenset[str]:
    """Names of the conversations that settings were chosen on, the same on every run."""
    names = sorted(map(name_of, conversations))
    random.Random(SEED).shuffle(names)
    return frozenset(names[::2])


def name_of(conversation: Conversation) -> str:
    return conversation[0].id.rpartition("-")[0]


def replay(library: Library, conversation: Conversation, *, is_left_out: bool) -> Iterator[Pair]:
    history: list[Answer] = []
    for question in conversation:
        after = library.ask(question.text, k=SHOWN, history=tuple(history))
        if history and question.is_answerable and question.golds:
            alone = library.ask(question.text, k=SHOWN)
            yield Pair(question, alone, after, is_left_out)
        history.append(after)


def pick(question: Question, others: Sequence[Question], chance: random.Random, is_same: bool) -> Question:
    """Another question about the same document, or about another one."""
    return chance.choice(
        [other for other in others if (other.sources == question.sources) is is_same and other.id != question.id]
    )


def ask_after(library: Library, question: Question, earlier: Question) -> Pair:
    history = [library.ask(earlier.text)]
    alone = library.ask(question.text, k=SHOWN)
    return Pair(question, alone, library.ask(question.text, k=SHOWN, history=history))


def rows_of(pairs: Sequence[Pair], groups: dict[str, Callable[[Pair], bool]]) -> Iterator[Row]:
    """A row for each group that has questions."""
    for name, belongs in groups.items():
        if group := [pair for pair in pairs if belongs(pair)]:
            yield Row(name, _cells(group))


def _cells(pairs: Sequence[Pair]) -> dict[str, Cell]:
    alone = [float(is_hit(score_answer(pair.alone, pair.question.golds), 5)) for pair in pairs]
    after = [float(is_hit(score_answer(pair.after, pair.question.golds), 5)) for pair in pairs]
    return {
        "questions": len(pairs),
        "take something over": sum(bool(pair.after.searched_for) for pair in pairs),
        "hit@5 alone": mean_interval(alone),
        "hit@5 after": mean_interval(after),
        "difference": difference_interval(alone, after),
        "won": sum(second > first for first, second in zip(alone, after, strict=True)),
        "lost": sum(second < first for first, second in zip(alone, after, strict=True)),
    }
