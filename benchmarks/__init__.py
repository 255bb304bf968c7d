"""How well and how fast Quoth answers: `python -m benchmarks` writes results.md and results.json beside this file."""
