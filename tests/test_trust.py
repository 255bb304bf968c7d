from __future__ import annotations

import pytest

from quoth.search.trust import KNOWN, OTHER_SCRIPT, SAME_SCRIPT, Trust, trust_in

ENGLISH = frozenset({"en"})


@pytest.mark.parametrize(
    ("question", "languages", "trust"),
    [
        ("Who closed the harbour?", ("en",), KNOWN),
        ("¿Quién cerró el puerto de Lisboa?", ("es",), SAME_SCRIPT),
        ("Кто закрыл порт?", ("ru",), OTHER_SCRIPT),
        ("谁关闭了港口？", ("zh",), OTHER_SCRIPT),
        ("¿Quién cerró el puerto de Lisboa y por qué?", ("en", "es"), SAME_SCRIPT),
        ("Who closed the harbour and why did they do it?", ("en", "es"), KNOWN),
        ("Lisboa 1755", ("und",), KNOWN),
        ("?", ("es",), SAME_SCRIPT),
    ],
)
def test_a_model_is_trusted_less_in_languages_it_does_not_know(
    question: str, languages: tuple[str, ...], trust: Trust
) -> None:
    assert trust_in(ENGLISH, question, languages) is trust


def test_a_model_of_unknown_or_fitting_languages_is_trusted() -> None:
    assert trust_in(None, "Кто закрыл порт?", ("ru",)) is KNOWN
    assert trust_in(frozenset({"ru", "en"}), "Кто закрыл порт?", ("ru",)) is KNOWN
