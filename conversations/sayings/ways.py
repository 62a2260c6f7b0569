"""What is written down for each language; a native speaker reviews one file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sayings:
    """Ways to say each thing, parted by bars; of the numbers from one on, the names of one number
    stand side by side. `yes` and `good` may share words; for the rest a way stands in one list.
    A word that is a typing error away from its opposite, or says the opposite in another of our
    languages, is left out: then we ask."""

    yes: str
    no: str
    skip: str
    thanks: str
    help: str
    good: str
    so_so: str
    not_good: str
    job_lost: str
    work: str
    money: str
    home: str
    health: str
    letters: str
    other: str
    numbers: str
    around_a_number: str
    and_: str
