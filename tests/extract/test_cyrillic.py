"""Ukrainian and Russian sentences, written for these tests: case forms, adjectives, words that are also names."""

import pytest


def found(mentions):
    return [(m.text, m.place_id) for m in mentions if m.status in ("placed", "ambiguous")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Бої за Бахмут тривають, повідомили у штабі.", [("Бахмут", "bakhmut-donetsk")]),
        ("Жителів Бахмута вивозять до Дніпра.", [("Бахмута", "bakhmut-donetsk"), ("Дніпра", "dnipro-dnipropetrovsk")]),
        ("Ситуація біля Часового Яру складна.", [("Часового Яру", "chasiv-yar-donetsk")]),
        ("У Красній Горі чути вибухи.", [("Красній Горі", "krasna-hora-donetsk")]),
        ("Обстріляли Велику Новосілку.", [("Велику Новосілку", "velyka-novosilka-donetsk")]),
        ("У Сумах та Чернівцях було тихо.", [("Сумах", "sumy-sumy"), ("Чернівцях", "gn710719")]),
        ("Під Куп’янськом тривають бої.", [("Куп’янськом", "kupiansk-kharkiv")]),
        ("Удар по Кривому Рогу.", [("Кривому Рогу", "kryvyi-rih-dnipropetrovsk")]),
        ("Войска вошли в Угледар.", [("Угледар", "vuhledar-donetsk")]),
        ("Под Авдеевкой идут бои.", [("Авдеевкой", "avdiivka-donetsk")]),
        ("Взрывы слышны в Киеве и Харькове.", [("Киеве", "kyiv-kyiv"), ("Харькове", "kharkiv-kharkiv")]),
        ("Ракеты из акватории Чёрного моря.", [("Чёрного моря", "black-sea")]),
    ],
)
def test_case_forms_lead_to_their_place(mentions_in, text, wanted):
    assert found(mentions_in(text)) == wanted


@pytest.mark.parametrize(
    ("text", "word", "place_id"),
    [
        ("На Бахмутському напрямку відбито атаки.", "Бахмутському", "bakhmut-donetsk"),
        ("На Авдеевском направлении идут бои.", "Авдеевском", "avdiivka-donetsk"),
        ("У Харківській області пролунали вибухи.", "Харківській області", "UA-63"),
        ("Мешканці Донеччини та Луганщини.", "Донеччини", "UA-14"),
        ("Обстріл Нікопольського району тривав.", "Нікопольського району", "nikopol-raion"),
        ("Чернігівській і Сумській областям виділили кошти.", "Чернігівській", "UA-74"),
    ],
)
def test_adjectives_name_areas_and_directions(mentions_in, text, word, place_id):
    assert (word, place_id) in found(mentions_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "Президент Володимир Зеленський зустрівся з міністром.",
        "Це було рівне поле, і щастя людей не мало меж.",
        "Малі діти і нові будинки. Коли це було?",
        "Техніка Урал-4320 була знищена.",
        "Він стояв на південному березі річки.",
    ],
)
def test_words_and_people_are_no_places(mentions_in, text):
    assert found(mentions_in(text)) == []


def test_the_three_apostrophes_are_one(mentions_in):
    for apostrophe in "’'ʼ":
        assert found(mentions_in(f"У Мар{apostrophe}їнці тихо.")) == [(f"Мар{apostrophe}їнці", "marinka-donetsk")]


def test_stress_marks_and_yo_do_not_matter(mentions_in):
    assert found(mentions_in("Бої за Ба́хмут."))[0][1] == "bakhmut-donetsk"
    assert found(mentions_in("Бои за Киселёвку."))[0][1] == found(mentions_in("Бои за Киселевку."))[0][1]


def test_a_country_in_lower_case_is_found(mentions_in):
    assert found(mentions_in("Ракети запустила росія."))[0][1] == "RU"


@pytest.mark.parametrize(
    ("text", "word", "role"),
    [
        ("Росія заявила про наступ.", "Росія", "actor"),
        ("В Україні оголосили тривогу.", "Україні", "location"),
        ("Україна відкинула заяву.", "Україна", "actor"),
        ("Бои на востоке Украины продолжаются.", "Украины", "location"),
    ],
)
def test_roles(mentions_in, text, word, role):
    assert next(m.role for m in mentions_in(text) if m.text == word) == role
