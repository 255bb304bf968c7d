"""A fitted calibration as text for people and as the file that a library reads. Strings out."""

from __future__ import annotations

from quoth.calibration import calibration_json
from quoth.evaluate.calibrating import FOLDS, Fit


def fit_text(fit: Fit) -> str:
    """What it does on questions that it was not fitted on."""
    asked = fit.right + fit.wrong
    lines = [
        f"{asked:,} questions, {fit.right:,} of them with a first passage that answers. Everything below is of "
        f"questions that were not fitted on ({FOLDS} folds); in brackets: 95 % bootstrap intervals.",
        "",
        f"AUROC {fit.auroc}: chance that a right first passage has a higher probability than a wrong one",
        f"“answers” from a probability of {fit.calibration.answers_from:.2f} on: said to {fit.answered:.0%} of the "
        f"questions, wrong among those {fit.risk:.1%} (wanted: at most {fit.risk_wanted:.1%})",
        _checked(fit),
        "",
        "probability   questions   right",
        *(f"{one.low:.1f} to {one.high:.1f}    {one.count:9,}   {one.right:5.0%}" for one in fit.bins),
        f"calibration error {fit.calibration_error:.3f}: mean distance of the probability from what was right",
    ]
    return "\n".join(lines)


def fit_json(fit: Fit) -> str:
    """The file `calibration.json`, with how it was made."""
    return calibration_json(
        fit.calibration,
        {
            "questions": fit.right + fit.wrong,
            "right": fit.right,
            "wrong": fit.wrong,
            "risk_wanted": fit.risk_wanted,
            "risk": round(fit.risk, 4),
            "answered": round(fit.answered, 4),
            "auroc": round(fit.auroc.value, 4),
            "calibration_error": round(fit.calibration_error, 4),
        },
    )


def _checked(fit: Fit) -> str:
    if fit.checked_risk is None:
        return "a threshold that is chosen on other questions lets none of them through: write more questions"
    low, high = fit.checked_risk.low, fit.checked_risk.high
    return (
        f"with the threshold, too, chosen on other questions: said to {fit.checked_answered:.0%}, "
        f"wrong among those {fit.checked_risk.value:.1%} ({low:.1%}-{high:.1%})"
    )
