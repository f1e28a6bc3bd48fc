from datetime import date as Date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import FilterError, MentionFilter
from dashboard.filters import DEFAULTS, accept_link, to_filter


def test_untouched_widgets_ask_for_the_default_filter() -> None:
    assert to_filter(DEFAULTS) == MentionFilter()


def test_every_widget_is_named_as_its_parameter_in_a_link() -> None:
    everything = MentionFilter(
        sources=("a",),
        date_from=Date(2023, 1, 1),
        date_to=Date(2023, 2, 1),
        include_undated=False,
        kinds=("city",),
        roles=("actor",),
        statuses=("ambiguous",),
        event_kinds=("capture",),
        event_sides=("russia",),
        event_modalities=("denied",),
        text="x",
        min_confidence=0.5,
        count_by="mentions",
    )
    assert set(everything.to_params()) == set(DEFAULTS)


def test_each_widget_reaches_its_field() -> None:
    asked = to_filter(
        {
            "count_by": "mentions",
            "source": ["Київ", ""],
            "from": Date(2023, 1, 1),
            "to": Date(2023, 1, 31),
            "undated": False,
            "text": " road ",
            "kind": ["town"],
            "role": [],
            "status": ["placed", "ambiguous"],
            "event": ["capture", "withdrawal"],
            "event_side": ["russia"],
            "event_said": ["claimed"],
            "min_confidence": 0.35,
        }
    )
    assert asked == MentionFilter(
        sources=("Київ", ""),
        date_from=Date(2023, 1, 1),
        date_to=Date(2023, 1, 31),
        include_undated=False,
        text="road",
        kinds=("town",),
        roles=(),
        statuses=("placed", "ambiguous"),
        event_kinds=("capture", "withdrawal"),
        event_sides=("russia",),
        event_modalities=("claimed",),
        min_confidence=0.35,
        count_by="mentions",
    )


def test_no_status_chosen_means_what_can_be_drawn() -> None:
    assert to_filter(DEFAULTS | {"status": []}).statuses == ("placed", "ambiguous")


def test_a_first_day_after_the_last_is_refused() -> None:
    with pytest.raises(FilterError):
        to_filter(DEFAULTS | {"from": Date(2023, 2, 1), "to": Date(2023, 1, 1)})


def test_a_link_of_the_corpus_is_put_into_the_words_of_the_widgets() -> None:
    params = {"undated": "no", "source": ["~", "North Desk"], "place": "x"}
    accept_link(params)
    assert params == {"undated": "false", "source": ["unknown source", "North Desk"], "place": "x"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", {"kind": ["місто", "село"], "role": ["суб’єкт"], "status": ["неоднозначно"], "count_by": ["згадки"]}),
        ("en", {"kind": ["city", "village"], "role": ["actor"], "status": ["ambiguous"], "count_by": ["mentions"]}),
    ],
)
@pytest.mark.parametrize(
    "link",
    [
        {"kind": ["city", "village"], "role": "actor", "status": "ambiguous", "count_by": "mentions"},
        {"kind": ["місто", "village"], "role": "суб’єкт", "status": "неоднозначно", "count_by": "згадки"},
    ],
)
def test_a_link_in_either_language_is_put_into_the_words_of_the_visitor(
    session: dict, language: str, words: dict, link: dict
) -> None:
    session["lang"] = language
    params = {**link}
    accept_link(params)
    assert {key: [value] if isinstance(value, str) else value for key, value in params.items()} == words


@pytest.mark.usefixtures("in_ukrainian")
def test_the_unknown_source_of_a_link_has_its_words() -> None:
    params = {"source": ["~", "North Desk"]}
    accept_link(params)
    assert params == {"source": ["джерело невідоме", "North Desk"]}


@given(st.dictionaries(st.sampled_from([*DEFAULTS, "other"]), st.text()))
def test_other_links_are_left_as_they_are(params: dict[str, str]) -> None:
    before = {key: value for key, value in params.items() if value not in ("yes", "no") and "~" not in value}
    accept_link(params)
    assert before.items() <= params.items()
