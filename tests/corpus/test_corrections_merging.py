"""Two reviewers' decisions into one file."""

import pytest

from corpus.corrections.file import DecidedPlace, Decision, Target, decide, merge, standing

A, B = "a" * 16, "b" * 16
SOLEDAR = DecidedPlace(id="soledar-donetsk", name="Soledar", kind="city", lat=48.69, lon=38.07)


def reject(name: str = "Austin") -> Decision:
    return decide("reject", scope="everywhere", name=name, who="Ann")


def place(name: str = "Austin") -> Decision:
    return decide("place", scope="everywhere", name=name, value=SOLEDAR, who="Bob")


def test_new_decisions_are_added_in_the_order_of_time():
    theirs = [reject("Texas"), reject("Paris")]
    assert merge([reject()], theirs[::-1]).added == tuple(theirs)


def test_the_same_decision_is_taken_once():
    mine = [reject(), place("Texas")]
    merged = merge(mine, mine)
    assert (merged.added, merged.same, merged.conflicts) == ((), 2, ())


def test_two_who_decide_the_same_agree():
    theirs, mine = reject(), reject()
    merged = merge([mine], [theirs])
    assert (merged.added, merged.same, merged.conflicts) == ((), 1, ())


def test_different_values_conflict_and_theirs_is_not_taken():
    mine, theirs = reject(), place()
    merged = merge([mine], [theirs, other := reject("Texas")])
    assert [(c.mine, c.theirs) for c in merged.conflicts] == [(mine, theirs)]
    assert merged.added == (other,)


@pytest.mark.parametrize("flip", [False, True])
def test_the_later_wins_when_told(flip):
    mine, theirs = (place(), reject()) if flip else (reject(), place())
    merged = merge([mine], [theirs], later_wins=True)
    assert len(merged.conflicts) == 1
    winner = max(mine, theirs, key=lambda d: d.order)
    assert list(standing([mine, *merged.added]).slots.values()) == [winner]


def test_who_knew_the_other_decision_is_not_in_conflict():
    mine = reject()
    merged = merge([mine], [mine, later := place()])
    assert (merged.added, merged.conflicts) == ((later,), ())


def test_an_undo_of_mine_is_taken():
    mine = reject()
    taken = decide("undo", scope="everywhere", value=mine.id)
    assert merge([mine], [mine, taken]).added == (taken,)


def test_what_is_undone_on_one_side_conflicts_with_nothing():
    theirs = place()
    taken = decide("undo", scope="everywhere", value=theirs.id)
    assert merge([reject()], [theirs, taken]).conflicts == ()


def test_nothing_older_of_theirs_counts_in_the_place_of_what_was_not_taken():
    older, newer = place(), decide("accept", scope="everywhere", name="Austin")
    mine = reject()
    assert merge([mine], [older, newer]).added == ()


def test_a_split_conflicts_with_a_merge_of_the_article():
    mine = decide("split", scope="article", article_id=A)
    theirs = decide("merge", scope="article", article_id=B, value=A)
    assert len(merge([mine], [theirs]).conflicts) == 1
    assert len(merge([theirs], [mine]).conflicts) == 1


def test_dates_of_two_articles_do_not_conflict():
    mine, theirs = (decide("date", scope="article", article_id=x, value=None) for x in (A, B))
    assert merge([mine], [theirs]).conflicts == ()


def test_two_decisions_under_one_id_conflict_and_mine_stays():
    mine = reject()
    forged = Decision(id=mine.id, time=mine.time, action="reject", scope="everywhere", target=Target(name="Texas"))
    merged = merge([mine], [forged], later_wins=True)
    assert (merged.added, len(merged.conflicts)) == ((), 1)


def test_a_later_agreement_stays_when_an_older_overlapping_decision_is_there():
    """Ann: no place; then: Soledar, where the machine had none. Bob, later: no place."""
    first = reject()
    second = decide("place", scope="everywhere", name="Austin", was="", value=SOLEDAR)
    bob = reject()
    one, other = merge([first, second], [bob]), merge([bob], [first, second])
    assert standing([first, second, *one.added]) == standing([bob, *other.added])
