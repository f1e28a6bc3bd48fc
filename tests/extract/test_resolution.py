"""Which of the places of a name is meant. Expectations are the gazetteer's own ids, checked on a map."""

import pytest


def placed(mentions):
    return {(m.text, m.place_id) for m in mentions if m.status == "placed"}


@pytest.mark.parametrize(
    ("text", "word", "place_id"),
    [
        ("Bilohorivka in Luhansk region was shelled, Ukraine said.", "Bilohorivka", "bilohorivka-luhansk"),
        ("Bilohorivka, near Soledar, was shelled, Ukraine said.", "Bilohorivka", "bilohorivka-donetsk"),
        ("A drone fell in Donetsk, in Russia's Rostov region.", "Donetsk", "donetsk-rostov"),
        ("Donetsk and Luhansk regions make up the Donbas in Ukraine.", "Donetsk", "UA-14"),
        ("Ukraine said the city of Zaporizhzhia was hit.", "Zaporizhzhia", "zaporizhzhia-zaporizhzhia"),
        ("Ukraine said Zaporizhzhia and Kherson regions were hit.", "Zaporizhzhia", "UA-23"),
        ("Ukraine held the left bank of the Dnipro.", "Dnipro", "dnipro-river"),
        ("Ukraine said the city of Dnipro was hit.", "Dnipro", "dnipro-dnipropetrovsk"),
        ("Pavlivka, Vuhledar and Mykilske were shelled, Ukraine said.", "Pavlivka", "pavlivka-donetsk-volnovakha"),
        ("He flew to Paris, France.", "Paris", "gn2988507"),
        ("He flew to Paris, Texas, from Dallas.", "Paris", "gn4717560"),
        ("Russia shelled Pokrovske, between Bakhmut and Soledar.", "Pokrovske", "pokrovske-donetsk-bakhmut"),
        ("Russia's DPR officials spoke about Ukraine.", "DPR", "UA-14"),
    ],
)
def test_the_words_around_a_name_decide(mentions_in, text, word, place_id):
    assert (word, place_id) in placed(mentions_in(text))


def test_a_heading_governs_the_names_under_it(mentions_in):
    text = "Luhansk Oblast:\nUkraine held Bilohorivka.\nDonetsk Oblast:\nUkraine left Bilohorivka.\n"
    found = [m.place_id for m in mentions_in(text) if m.text == "Bilohorivka"]
    assert found == ["bilohorivka-luhansk", "bilohorivka-donetsk"]


def test_a_bare_repetition_means_what_was_said_in_full(mentions_in):
    text = "Bilohorivka in Luhansk region was shelled. Ukraine still holds Bilohorivka."
    assert [m.place_id for m in mentions_in(text) if m.text == "Bilohorivka"] == ["bilohorivka-luhansk"] * 2


def test_a_thin_margin_is_ambiguous_and_shows_the_choices(mentions_in):
    (mention,) = [m for m in mentions_in("Ukraine spoke of Novoselivka.") if m.text == "Novoselivka"]
    assert mention.status == "ambiguous"
    assert len(mention.candidates) > 1
    assert sum(choice.share for choice in mention.candidates) <= 1.01


def test_a_name_the_text_puts_elsewhere_gets_no_point(mentions_in):
    (mention,) = [m for m in mentions_in("Klishchiivka in Sumy region was hit.") if m.text == "Klishchiivka"]
    assert (mention.status, mention.lat) == ("unplaced", None)
    assert "Sumy Oblast" in mention.reason


def test_a_stated_distance_nothing_fits_gets_no_point(mentions_in):
    (mention,) = [m for m in mentions_in("Klishchiivka, 90 km north of Bakhmut, was hit.") if m.text == "Klishchiivka"]
    assert mention.status == "unplaced"


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("Bilohorivka in Luhansk region was shelled.", "Bilohorivka", "in Luhansk Oblast"),
        ("Bilohorivka, near Soledar, was shelled, Ukraine said.", "Bilohorivka", "near Soledar"),
        ("Artemivsk fell, Russia said.", "Artemivsk", "former name of Bakhmut"),
    ],
)
def test_the_reason_names_the_evidence_that_decided(mentions_in, text, word, said):
    (mention,) = [m for m in mentions_in(text) if m.text == word]
    assert said in mention.reason


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("Обломки упали у Любимовки под Севастополем, Россия обвиняет Украину.", "Любимовки", "liubymivka-sevastopol"),
        (
            "Під вогнем були Левадне, Гуляйполе та Кам'янське Запорізької області.",
            "Кам'янське",
            "kamianske-zaporizhzhia-vasylivka",
        ),
        (
            "Attacks were repelled between Krasnohorivka and Keramik in Ukraine.",
            "Krasnohorivka",
            "yasnohorivka-donetsk",
        ),
        ("В Новоселовке, в 10 км севернее Авдеевки, бои.", "Новоселовке", "novoselivka-donetsk-pokrovsk"),
    ],
)
def test_stated_places_and_distances_in_any_language(mentions_in, text, word, place):
    assert next(m.place_id for m in mentions_in(text) if m.text == word) == place


def test_a_county_is_put_into_its_state(mentions_in):
    text = "Police in Jackson County, Missouri, said a man was arrested."
    (jackson,) = [m for m in mentions_in(text) if m.text == "Jackson"]
    assert "Missouri" in jackson.reason
