"""How fast is it, how much can it carry, and what is left of it when all goes wrong?

`python -m benchmarks.crash` kills real processes at random moments, `python -m benchmarks.chaos`
lets the providers fail. Each counts from both sides, ends with 1 when a rule was broken, and
prints its figures as one line of JSON with `--json`.
"""
