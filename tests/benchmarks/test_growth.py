"""Extraction time grows in step with the text, whatever the text is made of."""

import random
import time

import pytest

from extract.types import Article

STEP = 4
MOST_GROWTH = 8.0
"""Four times the text may take eight times as long before it counts as worse than linear: timers are noisy."""


def words(count):
    rng = random.Random(1)
    return " ".join("".join(rng.choices("abdeiklmnorstuvy", k=6)).capitalize() for _ in range(count))


CASES = {
    "report": lambda n, text: (text * (n // len(text) + 1))[:n],
    "one line without names": lambda n, _: ("a long line of words with no end and no names in it " * (n // 50))[:n],
    "capitalised words": lambda n, _: words(n // 7),
    "one name over and over": lambda n, _: "Bakhmut, " * (n // 9),
    "a list of homonyms": lambda n, _: " and ".join(["Novoselivka", "Ivanivka", "Pavlivka"] * (n // 45)),
    "quotes": lambda n, _: "“Bakhmut” " * (n // 10),
    "distances": lambda n, _: "Soledar, 10 km north of Bakhmut, " * (n // 33),
}


def seconds(extractor, text):
    best = float("inf")
    for _ in range(3):  # the least of some runs: a collection of garbage in one of them is no growth
        start = time.process_time()
        extractor.extract(Article(id="x", text=text))
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("case", CASES)
def test_time_is_linear_in_the_text(extractor, reports, case):
    make = CASES[case]
    text = next(report.text for report in reports if report.id.startswith("10-"))
    small, large = make(60_000, text), make(STEP * 60_000, text)
    seconds(extractor, small)
    growth = seconds(extractor, large) / seconds(extractor, small)
    assert growth < MOST_GROWTH
