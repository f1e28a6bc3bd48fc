import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.fingerprint import FEWEST_KEPT, KEPT_BELOW, MOST_KEPT, fingerprint, kept_below, read_fingerprint
from extract.pipeline import extract_article
from extract.tokens import Tokens
from extract.types import Article

ROOT = Path(__file__).parents[2]


def sketch(text, scraps=()):
    return read_fingerprint(fingerprint(Tokens(text), scraps))


def words(count):
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [letters[n // 676 % 26] + letters[n // 26 % 26] + letters[n % 26] + "o" for n in range(count)]


@pytest.mark.parametrize("text", ["", "Bakhmut", "Near Bakhmut", "... !!! ???"])
def test_less_than_three_words_have_no_fingerprint(text):
    assert fingerprint(Tokens(text)) == b""


def test_repeated_shingles_count_once():
    assert sketch("one two three one two three one two three")[0] == 3


def test_case_quotes_and_line_ends_do_not_matter():
    plain = fingerprint(Tokens("Shells fell on Chasiv Yar, the mayor said."))
    assert fingerprint(Tokens("SHELLS fell on\nChasiv-Yar — the “mayor” said")) == plain


def test_the_order_of_words_matters():
    assert not set(sketch("one two three")[1]) & set(sketch("three two one")[1])


@pytest.mark.parametrize("number", [3, 50, FEWEST_KEPT + 2])
def test_a_short_text_keeps_every_shingle(number):
    count, hashes = sketch(" ".join(words(number)))
    assert (count, len(hashes)) == (number - 2, number - 2)


def test_a_long_text_keeps_about_a_quarter_and_all_below_the_threshold():
    count, hashes = sketch(" ".join(words(2002)))
    assert count == 2000
    assert 400 < len(hashes) < 600
    assert hashes[-1] < KEPT_BELOW


def test_a_huge_text_keeps_a_bounded_number():
    _, hashes = sketch(" ".join(words(17_000)))
    assert len(hashes) == MOST_KEPT


def test_scraps_are_left_out():
    text = "Shells fell on Bakhmut today. Read next: all our news in one letter"
    start = text.index("Read")
    assert fingerprint(Tokens(text), ((start, len(text)),)) == fingerprint(Tokens(text[:start]))


@given(st.text(max_size=300))
def test_any_text_gives_an_ascending_sketch(text):
    count, hashes = sketch(text)
    assert len(hashes) <= count
    assert (np.diff(hashes.astype(np.int64)) > 0).all()


def test_below_the_threshold_a_sketch_holds_what_a_longer_text_shares_with_it():
    part, whole = words(300), words(1500)
    (count, hashes), (_, longer) = sketch(" ".join(part)), sketch(" ".join(whole))
    below = kept_below(np.array([count]), np.array([len(hashes)]), hashes[-1:])[0]
    shared = hashes[hashes < min(below, KEPT_BELOW)]
    assert set(shared.tolist()) <= set(longer.tolist())
    assert len(shared) > 40


def test_a_fingerprint_is_the_same_in_every_process():
    text = "Загарбники обстріляли Бахмут і Соледар, said the mayor of the town."
    script = f"from extract.fingerprint import *; print(fingerprint(Tokens({text!r})).hex())"
    environment = {"PYTHONHASHSEED": "7", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert done.stdout.decode().strip() == fingerprint(Tokens(text)).hex()


def test_every_extraction_has_one(gazetteer):
    text = "Shells fell on Bakhmut and Soledar."
    assert extract_article(Article("a", text), gazetteer).fingerprint == fingerprint(Tokens(text))
