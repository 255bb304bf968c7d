"""How well a library answers a person's own questions: the measures, the questions' file, calibration, plots."""
