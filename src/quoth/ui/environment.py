"""What gradio must find in the environment before it is imported."""

from __future__ import annotations

import os

_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",  # else the server looks up api.gradio.app and huggingface.co
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000",  # else every event is summed up anew: 15 ms after 8,000 events
    "GRADIO_RUN_HISTORY": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}


def quiet_gradio() -> None:
    """Keep gradio from calling home. Call before the first `import gradio`; what the user set stays."""
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
