"""Whole sentences of the page about an answer and its documents, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.records import Answer, Verdict
from quoth.render.languages import MULTILINGUAL, language_name, languages_to_gain
from quoth.ui.labels import say, say_number


def say_verdict(verdict: Verdict) -> str:
    """As the beginning of a sentence."""
    label = say(verdict.label)
    return label[:1].upper() + label[1:]


def say_conditions(answer: Answer) -> str:
    """What the phrases and exclusions of the question came to; "" when it has none."""
    held, words = _quote(answer.phrases, say(" and ")), _quote(answer.excluded, say(" or "))
    if held and not answer.hits:
        if words:
            return say("No passage holds {phrases} word for word without {words}.", phrases=held, words=words)
        return say("No passage holds {phrases} word for word.", phrases=held)
    found = say("Only passages that hold {phrases} word for word.", phrases=held) if held else ""
    without = say("Passages with {words} are left out.", words=words) if words else ""
    return " ".join(part for part in (found, without) if part)


def say_carried(answer: Answer) -> str:
    """What was searched for that the question does not say, and what it names; "" when it stands alone."""
    terms = _quote([carried.term for carried in answer.searched_for], ", ")
    said = say("Searched also for {terms}: the question leans on the one before it.", terms=terms) if terms else ""
    return " ".join(part for part in (_say_named(answer), said) if part)


def _say_named(answer: Answer) -> str:
    titles = _quote(answer.named.titles, say(" and ")) if answer.named else ""
    if answer.keeps_to_named:
        return say("Asked only of {titles}, which an earlier question names.", titles=titles)
    return say("Asked only of {titles}, which the question names.", titles=titles) if titles else ""


def say_languages(languages: Sequence[tuple[str, int]]) -> str:
    """Language and number of documents: "English 12, Spanish 3"."""
    named = (f"{say(language_name(language))} {say_number(number)}" for language, number in languages)
    return ", ".join(named) or say("none")


def say_language_advice(foreign: Sequence[str]) -> str:
    """What to do about languages that the model was not trained on; "" when nothing can be done."""
    names = [say(language_name(language)) for language in languages_to_gain(foreign)]
    if not names:
        return ""
    return say(
        "The model was not trained on {names}: passages are found by their words there, not by their meaning. "
        "For those documents, set {setting} in quoth.toml and run {command}.",
        names=say(" and ").join(part for part in (", ".join(names[:-1]), names[-1]) if part),
        setting=f'model = "{MULTILINGUAL}"',
        command="`HF_HUB_OFFLINE=0 quoth build --all`",
    )


def _quote(phrases: Sequence[str], between: str) -> str:
    return between.join(say("“{words}”", words=phrase) for phrase in phrases)
