"""What is a place in a sentence and what is not. Sentences are written for these tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def names(found):
    return [text for text, _ in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Fighting went on along the Svatove-Kreminna line in Ukraine.", ["Svatove", "Kreminna", "Ukraine"]),
        (
            "Shells hit Rozdolivka, Krasna Hora, Bakhmut and Maryinka in Donetsk region.",
            ["Rozdolivka", "Krasna Hora", "Bakhmut", "Maryinka", "Donetsk region"],
        ),
        ("Bakhmut’s defenders and Bakhmut's streets", ["Bakhmut", "Bakhmut"]),
        ("KYIV, Jan 25 (Reuters) - The town of Soledar fell.", ["KYIV", "Soledar"]),
        ("KYIV/SUMY, May 30 (Reuters) - The village of Basivka fell.", ["KYIV", "SUMY", "Basivka"]),
        ("Fighting went on near Zolotyi Kolodyaz, Ukraine said.", ["Zolotyi Kolodyaz", "Ukraine"]),
        ("Artemivsk [Bakhmut] was shelled, Ukraine said.", ["Artemivsk", "Bakhmut", "Ukraine"]),
        (
            "Trains reached Kup’yansk, Kup'yansk and Kupʼyansk in Ukraine.",
            ["Kup’yansk", "Kup'yansk", "Kupʼyansk", "Ukraine"],
        ),
        ("“Chasiv Yar” was in the headlines in Ukraine.", ["Chasiv Yar", "Ukraine"]),
        ("The U.S. and the UK sent aid to Ukraine.", ["U.S.", "UK", "Ukraine"]),
    ],
)
def test_places_are_found_as_written(places_in, text, wanted):
    assert names(places_in(text)) == wanted


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("US Secretary of Defense Lloyd Austin spoke. Austin said little about Ukraine.", "Austin"),
        ("Yuriy Skala, a commander, stayed in Bakhmut. Skala said so.", "Skala"),
        ("Spokesman John Kirby briefed reporters. Kirby did not name Ukraine.", "Kirby"),
        ("The Washington Post reported from Ukraine.", "Washington"),
        ("The Institute for the Study of War said Russia advanced.", "War"),
        ("The Azov Brigade and the Black Sea Fleet met Ukraine's envoys.", "Azov"),
        ("The Azov Brigade and the Black Sea fleet met Ukraine's envoys.", "Black Sea"),
        ("The Kyiv Independent and the Moscow Times wrote about Ukraine.", "Kyiv"),
        ("Shakhtar Donetsk and Dynamo Kyiv drew in Ukraine.", "Donetsk"),
        ("The Minsk agreements were dead, Russia said.", "Minsk"),
        ("Mr Kreminna spoke to Ukraine's ambassador.", "Kreminna"),
        ("Battlegroup Dnepr struck, Russia's ministry said of Ukraine.", "Dnepr"),
        ("JOIN US ON TELEGRAM for news from Ukraine.", "US"),
        ("За словами речника угруповання «Таврія», Україна тримає оборону.", "Таврія"),
        ("Атаки отражены в районе Терновой балки, сообщили в России.", "Терновой"),
        ("Nato ministers met Ukraine's delegation.", "Nato"),
        ("The White House briefing mentioned Ukraine.", "White House"),
        ("He works at the University of Kent and writes on Russia.", "Kent"),
    ],
)
def test_names_that_merely_contain_a_place_stay_out(places_in, text, absent):
    assert absent not in names(places_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "The ambassador had the rights of a guest. Most people read. Nice weather, they said.",
        "Many of them will march on. Police took the bar. Reading is good. Russians and Ukrainians agree.",
        "us and them; it was in or out, he said to me.",
    ],
)
def test_ordinary_words_are_no_places(places_in, text):
    assert places_in(text) == []


def test_a_surname_is_a_person_but_its_town_with_its_state_is_a_town(places_in):
    text = "Lloyd Austin flew to Austin, Texas. Austin said he liked it."
    assert names(places_in(text)) == ["Austin", "Texas"]


def test_a_rejection_says_why(mentions_in):
    (rejected,) = [m for m in mentions_in("The Washington Post wrote about Ukraine.") if m.status == "rejected"]
    assert "Washington Post" in rejected.reason
    assert rejected.place_id is None
    assert rejected.lat is None


def test_an_unknown_village_is_unplaced_not_dropped(mentions_in):
    (unknown,) = [m for m in mentions_in("Troops held the village of Xyzhivka near Bakhmut.") if m.status == "unplaced"]
    assert (unknown.text, unknown.place_id, unknown.lat) == ("Xyzhivka", None, None)
    assert "village of" in unknown.reason


def test_an_unknown_member_of_a_list_of_settlements_is_unplaced(mentions_in):
    text = "Shells fell on the villages of Klishchiivka, Xyzhivka and Andriivka near Bakhmut."
    assert [m.text for m in mentions_in(text) if m.status == "unplaced"] == ["Xyzhivka"]


def test_an_unknown_name_between_two_settlements_is_unplaced(mentions_in):
    text = "Ukraine repelled attacks near Klishchiivka, Xyzhivka and Andriivka."
    assert [m.text for m in mentions_in(text) if m.status == "unplaced"] == ["Xyzhivka"]


def test_every_mention_has_a_reason_that_is_a_sentence(mentions_in):
    text = "Lloyd Austin said Soledar and Ivanivka fell. The village of Xyzhivka held, Ukraine said."
    for mention in mentions_in(text):
        assert mention.reason[0] in "“T"
        assert mention.reason.endswith(".")


ALPHABET = st.sampled_from(
    [*"abcdefgh АБВгде’'`-.,;:!?()[]«»“”\n\t0123456789\u0301\u00ad\u200b😀", "Bakhmut", "US ", "Київ", " of "]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ALPHABET, max_size=60).map("".join))
def test_offsets_always_point_at_the_words(mentions_in, text):
    ends = 0
    for mention in mentions_in(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= ends
        assert 0 <= mention.confidence <= 1
        ends = mention.end
