"""Known paragraphs, set in ten layouts and found again. The figures were reached by a prototype on another text."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Sequence
from itertools import accumulate

import pytest

from quoth.records import Span
from quoth.segment import find_blocks, find_furniture, split_sentences

# Written for this test: a sentence a string, a paragraph a tuple.
STORY: tuple[tuple[str, ...], ...] = (
    (
        "The ferry to Sorrow Island ran twice a day in summer and once a week after the first frost.",
        "Nobody had ever asked why, and the captain, who was paid by the crossing, had never offered to explain.",
        "He kept a brass clock above the wheel, set eleven minutes fast so that he would always be early.",
        "On the last Tuesday of October he took one passenger aboard.",
        "She carried a surveyor's tripod, two boxes of instruments and a letter with a broken seal.",
        "Her name was Ottilie Brandt.",
    ),
    (
        "The letter had come from the harbour office, and it said very little.",
        "A lighthouse that had burned without a fault for ninety years had begun to go dark at irregular hours.",
        "Three inspectors had been sent, and each of them had reported that nothing was wrong with the lamp.",
        "The second inspector had added, in pencil, that he did not wish to be sent there again.",
        "Ottilie read the pencilled line several times before she folded the paper away.",
    ),
    (
        "“Is it true that you measure things for a living?” the captain asked when the mainland had sunk into the "
        "haze.",
        "She told him that it was true, more or less.",
        "“Then measure how long it takes before you want to go home,” he said, and laughed until he had to cough.",
    ),
    (
        "The island was smaller than the chart had promised.",
        "It rose from the water like the back of a sleeping animal, brown with heather and cut in half by a wall of "
        "grey "
        "stones that no one had repaired since the old families moved away.",
        "There were nine houses, of which four had roofs.",
        "A path of crushed shells led up from the landing stage, past a chapel without a door and a well with a new "
        "rope, "
        "to the white tower on the northern cliff.",
        "Smoke stood straight above the keeper's cottage.",
        "It was a good sign, she thought, that somebody was at home.",
    ),
    (
        "The keeper was a woman of about seventy called Marit Olsen, and she had been expecting somebody taller.",
        "She gave Ottilie a bowl of barley soup and asked no questions until it was empty.",
        "Then she asked all of them at once.",
        "Who had sent her, and what did they pay?",
        "Did the people in the harbour office still believe that she fell asleep at her post?",
        "Had anyone told her about the bell?",
    ),
    (
        "Nobody had mentioned a bell.",
        "Marit wiped the table with her sleeve, sat down across from her guest and began to explain, slowly, as if "
        "the "
        "story were heavy and had to be carried one piece at a time.",
    ),
    (
        "When the tower was built, the engineers had hung a fog bell beneath the gallery, and a clockwork of weights "
        "had "
        "swung its hammer once every thirty seconds.",
        "The clockwork rusted within ten winters.",
        "It was never replaced, because by then the steamers had whistles of their own, and the bell had been left "
        "where "
        "it was, silent, with a sack tied around the clapper.",
        "That sack had rotted away in the spring.",
        "Since then, on certain nights, the bell had rung by itself, and on each of those nights the lamp had gone "
        "dark.",
    ),
    (
        "Ottilie wrote down the dates.",
        "There were seventeen of them, and at first she could see no order in the list at all.",
        "They did not follow the moon, and they did not follow the tide tables that hung beside the stove.",
        "Some of the nights had been stormy, but five had been so still that Marit had heard the seals breathing on "
        "the "
        "rocks below.",
        "She copied the numbers onto a fresh sheet, drew a line under them and went to bed with her boots on.",
    ),
    (
        "In the morning she carried her instruments up the tower.",
        "There were one hundred and twelve steps, and the iron rail was so cold that it burned.",
        "From the gallery she could see the whole of the island, the ferry's wake still drawn across the sound like "
        "a "
        "chalk mark, and, far out, the low dark line of the mainland.",
        "She set the tripod on the stone floor and levelled it.",
        "The bubble in the glass slid to the left and stayed there.",
        "She turned the screws again, more carefully, and the bubble slid to the left again.",
    ),
    (
        "A floor that is not level is nothing strange in an old building.",
        "What troubled her was the notebook of the first inspector, which Marit had kept as a doorstop.",
        "He had levelled his own instrument on the same stones two years before, and he had written that the floor "
        "was as "
        "flat as a billiard table.",
    ),
    (
        "She spent four days measuring.",
        "She dropped a plumb line down the stairwell, and it touched the wall eight inches too early.",
        "She drove pegs into the turf along the cliff and stretched a thread between them.",
        "By the second evening the thread had snapped.",
        "By the third, a crack as thin as a hair had opened in the path of crushed shells, and a cup that she had "
        "left on "
        "the chapel steps had rolled into the grass.",
        "She stopped sleeping in the tower after that.",
    ),
    (
        "“The island is leaning,” she told Marit on the fourth night.",
        "The old woman did not look surprised.",
        "She only nodded, put another piece of driftwood into the stove and asked which way.",
    ),
    (
        "It was leaning to the north, very slowly, and not at an even pace.",
        "Under the cliff the sea had hollowed out a chamber, and whenever the swell came from one particular quarter "
        "the "
        "chamber filled, and the weight of the water pulled at the rock above it.",
        "The tower then tilted by less than the width of a finger.",
        "That was enough to let the clapper touch the bell.",
        "It was also enough to stop the oil, which reached the burner through a pipe with hardly any slope, and so "
        "the "
        "lamp starved until the swell went down.",
        "Seventeen nights, seventeen swells from the north-west: the order in the list had been there all along.",
    ),
    (
        "The answer pleased her for about an hour.",
        "Then she began to calculate how much of the cliff was left, and she did the sum three times, hoping to find "
        "a "
        "mistake in it.",
        "There was no mistake.",
        "If the winter was mild the tower would stand until the spring, and if the winter was hard it would not see "
        "the "
        "new year.",
        "She put down the pencil and listened.",
        "Somewhere above her, once, quite softly, the bell rang.",
    ),
    (
        "They left the island with the next ferry, two women, one cat and eleven crates of books.",
        "Marit had put out the lamp herself and locked the door, although the key would soon be opening nothing but "
        "air.",
        "The captain looked at the crates, then at his brass clock, and for once he said nothing about the time.",
        "Behind them the white tower grew smaller, tilted, and caught the last of the sun.",
        "It fell on the ninth of December, at low water, without hurting anybody.",
        "The harbour office sent a fourth inspector, who reported that nothing was wrong with the lamp.",
        "Ottilie kept his report.",
        "She had it framed, and she hung it, perfectly level, above her desk.",
    ),
    (
        "Years later a diver brought up the bell.",
        "It stands now in the square in front of the harbour office, where children strike it with spoons.",
        "The tone is lower than one would expect.",
        "People who live near the square say that it can still be heard on some nights when there is nobody about, "
        "and "
        "that the wind, as far as they have noticed, comes from the north-west.",
        "No inspector has been sent.",
    ),
)
PARAGRAPHS = tuple(" ".join(sentences) for sentences in STORY)
SENTENCES = tuple(sentence for sentences in STORY for sentence in sentences)
_NARROW = dict.fromkeys("iljtf.,;:'|!“”", 0.55) | dict.fromkeys("mwMW", 1.5)


def wrap(paragraph: str, width: int = 72) -> list[str]:
    return textwrap.wrap(paragraph, width, break_on_hyphens=False)


def wrap_with_hyphens(paragraph: str, width: int = 72) -> list[str]:
    """Fills lines by cutting words of eight letters or more after their fourth letter."""
    lines = [""]
    for word in paragraph.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= width:
            lines[-1] = joined
        elif word.isalpha() and len(word) >= 8 and len(lines[-1]) + 6 <= width:
            lines[-1] += f" {word[:4]}-"
            lines.append(word[4:])
        else:
            lines.append(word)
    return lines


def wrap_proportional(paragraph: str, width: float = 80) -> list[str]:
    """Lines of equal length in a font whose letters differ in width."""
    lines, room = [""], width
    for word in paragraph.split():
        size = sum(_NARROW.get(letter, 1.2 if letter.isupper() else 1.0) for letter in word) + 0.55
        if size > room:
            lines.append("")
            room = width
        lines[-1] = f"{lines[-1]} {word}".strip()
        room -= size
    return lines


def with_blanks(share: float, seed: int) -> str:
    """A blank line after each paragraph, and after a share of the other lines by chance."""
    chance = random.Random(seed)
    written = []
    for paragraph in PARAGRAPHS:
        *inner, last = wrap_proportional(paragraph)
        written += [line + ("\n\n" if chance.random() < share else "\n") for line in inner]
        written.append(last + "\n\n")
    return "".join(written)


def without_blanks(indent: str) -> str:
    return "\n".join(indent + "\n".join(wrap(paragraph)) for paragraph in PARAGRAPHS) + "\n"


def on_pages(lines_a_page: int = 32) -> str:
    """Head, text, page number, form feed; a paragraph's end at the foot of a page leaves no blank behind."""
    lines = "\n\n".join("\n".join(wrap(paragraph)) for paragraph in PARAGRAPHS).split("\n")
    pages = [lines[at : at + lines_a_page] for at in range(0, len(lines), lines_a_page)]
    return "\f".join(
        "\n".join(["THE BELL ON SORROW ISLAND", "", *page, "", f"{' ' * 34}{number}", ""])
        for number, page in enumerate(pages, start=1)
    )


def joined(wrapped: Callable[[str], Sequence[str]], between_lines: str, between_paragraphs: str) -> str:
    return between_paragraphs.join(between_lines.join(wrapped(paragraph)) for paragraph in PARAGRAPHS)


LAYOUTS: dict[str, str] = {
    "wrapped, blank between": joined(wrap, "\n", "\n\n"),
    "wrapped with hyphens": joined(wrap_with_hyphens, "\n", "\n\n"),
    "long lines, blank between": "\n\n".join(PARAGRAPHS),
    "proportional, 30% stray blanks": with_blanks(0.3, seed=7),
    "proportional, 60% stray blanks": with_blanks(0.6, seed=8),
    "a blank after every line": joined(wrap, "\n\n", "\n\n"),
    "no blanks, first lines indented": without_blanks("    "),
    "no blanks, no indent": without_blanks(""),
    "one line a paragraph": "\n".join(PARAGRAPHS),
    "pages with head and number": on_pages(),
}

# Least F1 of the boundaries between paragraphs, least share of sentences intact.
FIGURES = {
    "wrapped, blank between": (1.0, 1.0),
    "wrapped with hyphens": (1.0, 1.0),
    "long lines, blank between": (1.0, 1.0),
    "proportional, 30% stray blanks": (0.965, 1.0),
    "proportional, 60% stray blanks": (0.965, 1.0),
    "a blank after every line": (0.92, 1.0),
    "no blanks, first lines indented": (1.0, 1.0),
    "no blanks, no indent": (0.89, 1.0),
    "one line a paragraph": (1.0, 1.0),
    "pages with head and number": (0.92, 0.945),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_paragraphs_and_sentences_come_back_from_every_layout(layout: str) -> None:
    text = LAYOUTS[layout]
    furniture = find_furniture(text)
    blocks = find_blocks(text, furniture)
    groups = split_sentences(text, blocks, language="en", furniture=furniture)
    f1, intact = FIGURES[layout]
    assert boundary_f1([letters(text, block.span, furniture) for block in blocks]) >= f1
    found = {letters(text, span, furniture) for _, sentences in groups for span in sentences}
    assert len(found & {bare(sentence) for sentence in SENTENCES}) / len(SENTENCES) >= intact


def test_heads_and_page_numbers_are_the_furniture_of_pages() -> None:
    text = LAYOUTS["pages with head and number"]
    found = [span.of(text) for span in find_furniture(text)]
    assert found == [line for page in range(1, 5) for line in ("THE BELL ON SORROW ISLAND", str(page))]


def test_a_sentence_over_a_page_keeps_the_page_head_because_it_is_verbatim() -> None:
    text = LAYOUTS["pages with head and number"]
    furniture = find_furniture(text)
    groups = split_sentences(text, find_blocks(text, furniture), language="en", furniture=furniture)
    over = [span.of(text) for _, sentences in groups for span in sentences if "\f" in span.of(text)]
    assert over
    assert all("THE BELL ON SORROW ISLAND" in sentence for sentence in over)


def boundary_f1(blocks: list[str]) -> float:
    found = set(accumulate(map(len, blocks[:-1])))
    known = set(accumulate(len(bare(paragraph)) for paragraph in PARAGRAPHS[:-1]))
    return 2 * len(found & known) / (len(found) + len(known))


def letters(text: str, span: Span, furniture: tuple[Span, ...]) -> str:
    """What the span shows without furniture, white space and hyphens."""
    kept = span.of(text)
    for hidden in reversed(furniture):
        if span.contains(hidden):
            kept = kept[: hidden.start - span.start] + kept[hidden.end - span.start :]
    return bare(kept)


def bare(text: str) -> str:
    return "".join(text.split()).replace("-", "")
