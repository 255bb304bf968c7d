"""Words by which a question leans on the one before it, by ISO 639-1 language. In lower case, accents as written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """What to look for in one language."""

    references: frozenset[str]
    """Pronouns, possessives and demonstratives, which stand for something that was named before."""
    closing: frozenset[str]
    """Words that refer back only where a clause ends: "who said that?", but not "the man that came"."""
    openings: tuple[str, ...]
    """Beginnings of a question that goes on from another."""
    asking: frozenset[str]
    """Words that only ask for more and say nothing of what about."""
    defining: tuple[str, ...] = ()
    """Beginnings of a question that is whole with one word more: "what is a"."""
    has_capital_names: bool = True
    """Whether a capital letter inside a sentence marks a name; in German all nouns have one."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(f"{phrase.strip()} " for phrase in text.split(","))


FOLLOW_UP_WORDS: dict[str, FollowUpWords] = {
    "en": FollowUpWords(
        references=_words(
            "it its itself they them their theirs themselves he him his himself she her hers herself this these those"
        ),
        closing=_words("that there one ones so then same former latter"),
        openings=_phrases(
            "and, but, or, also, so, then, what about, how about, what else, who else, where else, why not"
        ),
        asking=_words(
            "tell know more interested interest hear learn like please want wish explain describe expand elaborate "
            "give say detail details information info example examples yes sure ok okay see thanks else further bit"
        ),
        defining=_phrases("what is a, what is an, what are, what is, what was, what does, who is, who was"),
    ),
    "de": FollowUpWords(
        references=_words(
            "er ihn ihm sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres ihnen dieser diese "
            "dieses diesen diesem jener jene jenes jenen jenem dessen deren dabei dafür dagegen damit danach daran "
            "darauf daraus darin darüber davon davor dazu dort"
        ),
        closing=_words("sie es das dies die den dem denen dann da so"),
        openings=_phrases("und, aber, oder, auch, was ist mit, wie ist es mit, wie steht es mit, wer noch, was noch"),
        asking=_words(
            "erzähl erzähle sag sage mehr wissen interessiert bitte erkläre erklär genauer beispiel beispiele ja"
        ),
        defining=_phrases("was ist, was ist ein, was ist eine, was sind, wer ist, wer war"),
        has_capital_names=False,
    ),
    "es": FollowUpWords(
        references=_words(
            "él ella ellos ellas su sus suyo suya suyos suyas este esta estos estas ese esa esos esas esto eso aquel "
            "aquella aquellos aquellas aquello"
        ),
        closing=_words("lo los la las le les allí ahí entonces así"),
        openings=_phrases("y, pero, o, también, entonces, qué hay de, qué pasa con, quién más, qué más"),
        asking=_words("dime cuéntame más saber interesa explica explicar detalles ejemplo ejemplos sí gracias"),
        defining=_phrases("qué es, qué es un, qué es una, qué son, quién es, quién fue, quién era"),
    ),
    "fr": FollowUpWords(
        references=_words(
            "il ils elle elles lui leur leurs son sa ses eux celui celle ceux celles ceci cela ça cet cette ces"
        ),
        closing=_words("le la les là alors ainsi en y"),
        openings=_phrases("et, mais, ou, aussi, alors, qu'en est-il, qui d'autre, quoi d'autre"),
        asking=_words(
            "dis dites parle parlez plus savoir intéresse expliquer explique détails exemple exemples oui merci"
        ),
        defining=_phrases("qu'est-ce que, qu'est-ce qu'un, qu'est-ce qu'une, qui est, qui était, que sont"),
    ),
}
