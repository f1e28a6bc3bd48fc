"""Events from sentences: kinds, sides, modality, speakers, and what is no event at all."""

import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.events.find import KINDS, find_events
from extract.pipeline import Extractor, find_mentions
from extract.tokens import Tokens, sentence_spans
from extract.types import Article


@pytest.fixture(scope="module")
def events_in(gazetteer):
    """Text -> its events."""
    extractor = Extractor(gazetteer)
    return lambda text: extractor.extract(Article(id="t", text=text)).events


def told(events):
    return {(e.kind, e.place_id.split("-")[0], e.side, e.modality) for e in events}


def only(events):
    assert len(events) == 1, events
    return events[0]


def test_four_deeds_of_one_subject(events_in):
    text = (
        "Russia has moved on to Vuhledar, partially surrounded Avdiivka, taken Klishchiivka, captured a number of "
        "towns around Bakhmut, and looks to take Siversk further north."
    )
    assert told(events_in(text)) == {
        ("advance", "vuhledar", "russia", "asserted"),
        ("encirclement", "avdiivka", "russia", "asserted"),
        ("capture", "klishchiivka", "russia", "asserted"),
        ("capture", "siversk", "russia", "planned"),
    }


@pytest.mark.parametrize(
    ("text", "kind", "side"),
    [
        ("Ukrainian troops are fighting in Toretsk.", "fighting", "ukraine"),
        ("Russian artillery shelled Nikopol.", "shelling", "russia"),
        ("Russian forces advanced toward Pokrovsk.", "advance", "russia"),
        ("Russian forces encircled Mariupol.", "encirclement", "russia"),
        ("Ukrainian forces retook Lyman.", "capture", "ukraine"),
        ("Ukrainian troops withdrew from Soledar.", "withdrawal", "ukraine"),
        ("Ukrainian troops hold Chasiv Yar.", "defence", "ukraine"),
        ("Ukrainian troops counterattacked near Kupiansk.", "counterattack", "ukraine"),
        ("Ukrainian authorities evacuated Kupiansk.", "evacuation", "ukraine"),
        ("Zelensky visited Bakhmut.", "visit", "ukraine"),
        ("ЗСУ звільнили Лиман.", "capture", "ukraine"),
        ("Окупанти обстріляли Нікополь.", "shelling", "russia"),
        ("Украинские войска отошли из Соледара.", "withdrawal", "ukraine"),
        ("Российские войска окружили Авдеевку.", "encirclement", "russia"),
    ],
)
def test_kind_and_side(events_in, text, kind, side):
    event = only(events_in(text))
    assert (event.kind, event.side, event.modality) == (kind, side, "asserted")
    assert event.kind in KINDS


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Soledar was captured by Wagner fighters.", "russia"),
        ("The fall of Soledar opened the road.", "russia"),
        ("Avdiivka fell to the Russians.", "russia"),
        ("Ukraine lost Vuhledar.", "russia"),
        ("The liberation of Kherson was celebrated.", "ukraine"),
        ("Bakhmut came under full Russian control in May.", "russia"),
        ("Роботине звільнено від окупантів.", "ukraine"),
        ("Соледар був захоплений російськими військами.", "russia"),
    ],
)
def test_passive_nominal_and_reversed_forms_of_capture(events_in, text, side):
    event = only(events_in(text))
    assert (event.kind, event.side) == ("capture", side)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Russia plans to capture Siversk.", "planned"),
        ("Russian forces attacked in an attempt to capture Kramatorsk.", "planned"),
        ("Shoigu ordered Russian troops to withdraw from Kherson.", "planned"),
        ("The United States advises Ukraine to withdraw from Bakhmut.", "advised"),
        ("Officials urged residents to evacuate from Kostiantynivka.", "advised"),
        ("Russian forces have not captured Bakhmut.", "denied"),
        ("Russia failed to take Chernihiv.", "denied"),
        ("Ukraine denied that Soledar had fallen.", "denied"),
        ("Russia managed to take Klishchiivka.", "asserted"),
        ("Russia has reportedly captured Klishchiivka.", "claimed"),
        ("Росіяни намагаються захопити Бахмут.", "planned"),
        ("Росіяни не захопили Бахмут.", "denied"),
        ("Експерти радять Україні відвести війська з Бахмута.", "advised"),
    ],
)
def test_modality(events_in, text, modality):
    assert only(events_in(text)).modality == modality


@pytest.mark.parametrize(
    ("text", "modality", "speaker"),
    [
        ("The Defense Ministry said Russian forces took control of Soledar.", "claimed", "Defense Ministry"),
        ("Russian forces took Vuhledar, DeepState reported.", "claimed", "DeepState"),
        ("According to the General Staff, Russian forces shelled Siversk.", "claimed", "General Staff"),
        ("Ukraine confirmed that its forces had withdrawn from Soledar.", "asserted", "Ukraine"),
        ("Kyiv denied that Russia had captured Kupiansk.", "denied", "Kyiv"),
        ("“Our troops hold Bakhmut,” said Zelensky.", "claimed", "Zelensky"),
        ("Russian troops have taken Kreminna, the governor, Serhii Haidai, said.", "claimed", "Serhii Haidai"),
        ("За словами Сирського, українські війська вийшли з Авдіївки.", "claimed", "Сирського"),
    ],
)  # fmt: skip
def test_who_says_so(events_in, text, modality, speaker):
    event = only(events_in(text))
    assert (event.modality, event.attributed_to) == (modality, speaker)


def test_he_is_the_last_one_who_spoke(events_in):
    events = events_in("Prigozhin said Wagner had captured Bakhmut. He said Soledar had been taken as well.")
    assert {e.attributed_to for e in events} == {"Prigozhin"}
    assert len(events) == 2


def test_a_denial_of_the_claim_denies_what_was_claimed(events_in):
    claim, denial = events_in("Russia's Defence Ministry said its troops had taken Toretsk. Kyiv denied the claim.")
    assert (claim.modality, claim.attributed_to) == ("claimed", "Russia's Defence Ministry")
    assert (denial.kind, denial.place_id, denial.side) == (claim.kind, claim.place_id, claim.side)
    assert (denial.modality, denial.attributed_to) == ("denied", "Kyiv")


def test_the_village_is_the_village_spoken_of(events_in):
    text = "Klishchiivka lies near Bakhmut. Prigozhin said the village had been occupied."
    assert only(events_in(text)).place_id == "klishchiivka-donetsk"


def test_every_place_of_a_list_has_its_event(events_in):
    events = events_in("Ukraine's General Staff reported Russian shelling near Siversk, Bilohorivka and Kreminna.")
    assert len({e.place_id for e in events}) == 3


@pytest.mark.parametrize(
    "text",
    [
        "If Russia were to capture Mariupol, it would hold the coast.",
        "Taking Bakhmut would be a symbolic victory for Moscow.",
        "A withdrawal from Bakhmut would be a defeat for Ukraine.",
        "Officials fear that Russia will capture Kostiantynivka.",
        "Russia captured two soldiers near Bakhmut.",
        "The captured town of Izium has no power, Ukraine says.",
        "The Ukrainian-controlled city of Kherson has no power.",
        "The mayor of Kherson met Ukrainian volunteers.",
        "У звільненому Ізюмі відкрили школу.",
        "Жители Мариуполя получают российские паспорта.",
        "Denver beat Boston and took the lead, the coach said.",
        "",
        "Russia",
    ],
)
def test_no_event(events_in, text):
    assert events_in(text) == ()


def test_a_strike_elsewhere_is_another_matter(events_in):
    assert events_in("Teachers strike in Chicago; a storm hit Miami and police attacked crime in Boston.") == ()


def test_offsets_span_trigger_and_place(events_in):
    text = "On Monday Russian forces captured the town of Soledar after weeks."
    event = only(events_in(text))
    assert text[event.start : event.end] == "captured the town of Soledar"


def test_navigation_scraps_tell_of_other_articles(events_in):
    assert events_in("Snow fell on the capital.\n\nRead next: Russian forces captured Soledar\n") == ()


def test_events_are_picklable(events_in):
    events = events_in("Russian forces captured Soledar.")
    assert pickle.loads(pickle.dumps(events)) == events


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "Russian forces captured Bakhmut , . “ ” not said Kyiv the town of by to would if Соледар взяли не "
            "звільнено denied claim near and fall withdraw \n : ; ( ) - It they Ukraine village there shelling".split(
                " "
            )
        ),
        max_size=30,
    )
)
def test_any_order_of_words_gives_valid_events(gazetteer, words):
    text = " ".join(words)
    tokens = Tokens(text)
    mentions = find_mentions(tokens, gazetteer)
    known = {m.place_id for m in mentions}
    for event in find_events(tokens, mentions, sentence_spans(text), "en"):
        assert 0 <= event.start < event.end <= len(text)
        assert event.kind in KINDS
        assert event.place_id in known
        assert event.side in ("russia", "ukraine", "other", "unknown")
        assert event.modality in ("asserted", "claimed", "denied", "planned", "advised")


def test_a_very_long_sentence_stays_quick(gazetteer):
    text = "Russian forces captured Bakhmut and shelled Soledar and said that " * 1500
    tokens = Tokens(text)
    mentions = find_mentions(tokens, gazetteer)
    started = time.process_time()
    find_events(tokens, mentions, sentence_spans(text), "en")
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The villages of Novenke, Basivka and Zhuravka in Sumy Oblast had been occupied by Russian forces.",
            {("capture", name, "russia", "asserted") for name in ("novenke", "basivka", "zhuravka")},
        ),
        (
            "Izium, Balakliia and Kupiansk were liberated by Ukrainian troops.",
            {("capture", name, "ukraine", "asserted") for name in ("izium", "balakliia", "kupiansk")},
        ),
        (
            "Бахмут і Соледар були захоплені росіянами.",
            {("capture", name, "russia", "asserted") for name in ("bakhmut", "soledar")},
        ),
        ("The mayors of Izium and Balakliia were captured by Russian troops.", set()),
    ],
)
def test_a_passive_has_all_of_its_listed_subjects(events_in, text, expected):
    assert told(events_in(text)) == expected


def test_one_verb_ends_where_the_next_clause_begins(events_in):
    assert told(events_in("Russia attacked Lyman and Soledar was captured.")) == {
        ("fighting", "lyman", "russia", "asserted"),
        ("capture", "soledar", "unknown", "asserted"),
    }
    text = "Russian rockets hit Ochakiv and Mykolaiv, and in Mariupol the mayor spoke."
    assert {place for _, place, _, _ in told(events_in(text))} == {"ochakiv", "mykolaiv"}


def test_an_area_that_tells_a_subject_apart_is_not_the_subject(events_in):
    event = only(events_in("Russia said Kostiantynivka in Sumy region was captured."))
    assert (event.kind, event.place_id) == ("capture", "kostiantynivka-sumy")


def test_who_is_quoted_speaks_not_who_quotes(events_in):
    event = only(events_in("TASS cited the Defence Ministry as saying that Russian forces captured Soledar."))
    assert event.attributed_to == "Defence Ministry"


def test_where_people_are_taken_to_is_not_evacuated(events_in):
    assert told(events_in("Жителей эвакуируют в Белгород.")) == set()
    assert told(events_in("В Купянске эвакуируют жителей.")) == {("evacuation", "kupiansk", "unknown", "asserted")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mykolaiv and Kryvyi Rih came under missile fire, Ukrainian officials said.",
            {("shelling", "mykolaiv", "unknown", "claimed"), ("shelling", "kryvyi", "unknown", "claimed")},
        ),
        (
            "Toretsk and Chasiv Yar remain under heavy Russian assault.",
            {("fighting", "toretsk", "russia", "asserted"), ("fighting", "chasiv", "russia", "asserted")},
        ),
        (
            "Ukraine has pulled its last troops out of Vuhledar, the military said.",
            {("withdrawal", "vuhledar", "ukraine", "claimed")},
        ),
    ],
)
def test_deeds_told_in_several_words(events_in, text, expected):
    assert told(events_in(text)) == expected


def test_a_list_of_places_is_not_the_speaker(events_in):
    events = events_in("На Харківщині окупанти захопили Стрілечу, Красне, Пильну та Огірцеве, повідомив DeepState.")
    assert {event.attributed_to for event in events} == {"DeepState"}
    assert len(events) == 4


@pytest.mark.parametrize(
    "text",
    ["Had Kharkiv fallen in 2022, Dnipro would have been next.", "Якби Росія захопила Харків, війна скінчилась би."],
)
def test_what_might_have_been_is_no_event(events_in, text):
    assert events_in(text) == ()
