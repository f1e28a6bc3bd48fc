import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.articles.story_compare import Pair, aligned, compare_html, likeness, sentences
from tests.small_corpus import HOSTILE

FIRST = "The dam broke on Tuesday. Buses took families away. The mayor denied it. Nobody could check."
SECOND = "KHERSON — The dam broke on Tuesday. Buses took 1,400 families away. Nobody could check. More rain is due."


def pairs_of(one: str, other: str) -> list[Pair]:
    return aligned(sentences(one), sentences(other))


def test_each_sentence_stands_beside_its_like() -> None:
    kinds = [(pair.kind, pair.left[:12], pair.right[:12]) for pair in pairs_of(FIRST, SECOND)]
    assert kinds == [
        ("changed", "The dam brok", "KHERSON — Th"),
        ("changed", "Buses took f", "Buses took 1"),
        ("left", "The mayor de", ""),
        ("same", "Nobody could", "Nobody could"),
        ("right", "", "More rain is"),
    ]


def test_the_kinds_are_counted() -> None:
    assert likeness(pairs_of(FIRST, SECOND)) == (1, 2, 1, 1)


def test_quotation_marks_and_case_make_no_difference() -> None:
    assert [pair.kind for pair in pairs_of("He said “no”.", 'HE SAID "NO".')] == ["same"]


def test_changed_words_are_marked_by_elements_not_by_colour() -> None:
    html = compare_html(pairs_of("Buses took families away.", "Buses took 1,400 families away."), ("a", "b"))
    assert re.search(r"<ins> ?1,400 ?</ins>", html)
    assert "<del>" not in html


def test_what_only_one_says_is_said_in_words() -> None:
    html = compare_html(pairs_of("The mayor denied it.", ""), ("a", "b"))
    assert "− only here" in html
    assert "<del>The mayor denied it.</del>" in html


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_sentences_stay_text(payload: str) -> None:
    html = compare_html([Pair("changed", payload, f"{payload} x"), Pair("left", payload, "")], ("a", "b"))
    assert not re.search(r"<(?!/?(table|thead|tbody|tr|th|td|ins|del|span)\b)", html)
    assert "${" not in html


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abcdef")), st.lists(st.sampled_from("abcdef")))
def test_no_sentence_is_lost_or_moved(left: list[str], right: list[str]) -> None:
    one, other = [f"Sentence {x}." for x in left], [f"Sentence {x}." for x in right]
    pairs = aligned(one, other)
    assert [pair.left for pair in pairs if pair.left] == one
    assert [pair.right for pair in pairs if pair.right] == other
