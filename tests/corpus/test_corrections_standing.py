"""What a set of decisions comes to."""

import random
from datetime import UTC, datetime, timedelta

from corpus.corrections.file import DecidedPlace, Decision, Target, decide, standing
from corpus.corrections.standing import Slot, not_undone

A = "0123456789abcdef"
SOLEDAR = DecidedPlace(id="soledar-donetsk", name="Soledar", kind="city", lat=48.69, lon=38.07)


def reject(name: str = "Austin", **fields) -> Decision:
    return decide("reject", scope="everywhere", name=name, **fields)


def undo(decision: Decision) -> Decision:
    return decide("undo", scope="everywhere", value=decision.id)


def test_the_later_decision_on_one_thing_counts():
    first, second = reject(), decide("place", scope="everywhere", name="austin", value=SOLEDAR)
    assert list(standing([second, first]).slots.values()) == [second]


def test_decisions_on_different_things_both_count():
    assert len(standing([reject(), reject("Texas"), reject(was="")]).slots) == 3


def test_role_and_place_are_decided_apart():
    assert (
        len(standing([reject("Moscow"), decide("role", scope="everywhere", name="Moscow", value="actor")]).slots) == 2
    )


def test_an_undone_decision_gives_way_to_the_one_before():
    first, second = reject(), decide("place", scope="everywhere", name="Austin", value=SOLEDAR)
    assert list(standing([first, second, undo(second)]).slots.values()) == [first]


def test_an_undo_can_be_undone():
    first = reject()
    taken = undo(first)
    assert standing([first, taken, undo(taken)]) == standing([first])


def test_an_undo_counts_whatever_its_clock_said():
    first = reject()
    early = Decision(
        id="20200101T000000-early", time=datetime(2020, 1, 1, tzinfo=UTC), action="undo", scope="everywhere",
        value=first.id,
    )  # fmt: skip
    assert standing([first, early]).slots == {}


def test_an_undo_of_what_is_not_there_changes_nothing():
    assert standing([reject_ := reject(), undo(reject("Texas"))]) == standing([reject_])


def test_undos_that_take_back_each_other_take_back_nothing():
    first = reject()
    now = datetime.now(UTC)
    ring = [
        Decision(id=f"ring-000{n}", time=now, action="undo", scope="everywhere", value=f"ring-000{1 - n}")
        for n in range(2)
    ]
    assert standing([first, *ring]) == standing([first])


def test_the_order_of_the_file_does_not_matter():
    decisions = [reject(), reject("Texas"), decide("place", scope="everywhere", name="Austin", value=SOLEDAR)]
    decisions += [undo(decisions[2]), decide("split", scope="article", article_id=A)]
    shuffled = random.Random(4).sample(decisions, len(decisions))
    assert standing(shuffled) == standing(decisions)


def test_equal_times_are_told_apart_by_their_ids():
    now = datetime.now(UTC)
    one, other = (
        Decision(id=f"same-time-{n}", time=now, action="reject", scope="everywhere", target=Target(name=name))
        for n, name in ((1, "Austin"), (2, "AUSTIN"))
    )
    assert list(standing([other, one]).slots.values()) == [other]


def test_a_merge_is_the_same_whichever_article_is_named_first():
    one = decide("merge", scope="article", article_id=A, value="b" * 16)
    other = decide("merge", scope="article", article_id="b" * 16, value=A)
    assert list(standing([one, other]).slots) == [Slot("merge", A, other="b" * 16)]


def test_a_place_is_as_the_last_decision_has_it():
    def own(lat: float, later: int) -> Decision:
        place = DecidedPlace(id="own:1", name="Нове", kind="village", lat=lat, lon=38.0)
        after = datetime.now(UTC) + timedelta(hours=later)
        return decide("new_place", scope="everywhere", name=f"Name {later}", value=place, after=after)

    first, second = own(48.0, 0), own(49.0, 1)
    assert standing([second, first]).places["own:1"].lat == 49.0
    assert standing([first, second, undo(second)]).places["own:1"].lat == 48.0


def test_version_stands_for_what_counts():
    first, second = reject(), reject("Texas")
    assert standing([]).version == ""
    assert standing([first, second, undo(second)]).version == standing([first]).version
    assert standing([first, second]).version != standing([first]).version


def test_undone_decisions_are_left_out_of_the_list():
    first, second = reject(), reject("Texas")
    assert list(not_undone([first, second, undo(first)])) == [second.id]
