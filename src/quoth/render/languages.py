"""The languages of the documents in words, and what to do when the model does not know them."""

from __future__ import annotations

from collections.abc import Sequence

from quoth.presets import find_preset

MULTILINGUAL = "intfloat/multilingual-e5-small"

LANGUAGE_NAMES = {
    "ar": "Arabic",
    "be": "Belarusian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "hy": "Armenian",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "km": "Khmer",
    "ko": "Korean",
    "lo": "Lao",
    "my": "Burmese",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "ta": "Tamil",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "und": "unknown",
    "ur": "Urdu",
    "zh": "Chinese",
}
"""Of every code that `analyze.detect_language` gives."""


def languages_line(languages: Sequence[tuple[str, int]]) -> str:
    """Language and number of documents: "English 12, Spanish 3"."""
    return ", ".join(f"{language_name(language)} {number:,}" for language, number in languages) or "none"


def language_name(code: str) -> str:
    """In English; the code itself when it is none of ours."""
    return LANGUAGE_NAMES.get(code, code)


def languages_to_gain(foreign: Sequence[str]) -> tuple[str, ...]:
    """Those that MULTILINGUAL was trained on."""
    preset = find_preset(MULTILINGUAL)
    return tuple(language for language in foreign if preset and language in preset.languages)


def language_advice(foreign: Sequence[str]) -> str:
    """What to do about languages that the model was not trained on; "" for none that the preset knows."""
    known = [language_name(language) for language in languages_to_gain(foreign)]
    if not known:
        return ""
    names = f"{', '.join(known[:-1])} and {known[-1]}" if len(known) > 1 else known[0]
    return (
        f"The model was not trained on {names}: passages are found by their words there, not by their meaning. "
        f'For those documents, set model = "{MULTILINGUAL}" in quoth.toml and run `HF_HUB_OFFLINE=0 quoth build --all`.'
    )
