"""Outlets a text leans on, and whose site an address is."""

import json
from pathlib import Path

import pytest

from extract.origin.sources import cited_outlets, outlet_names, outlets, source_from_url
from geodata import name_key

SHARED = Path(__file__).parents[3] / "shared"
SEED_EVENTS = SHARED / "gold" / "seed_events.jsonl"
ISW, AP = "Institute for the Study of War", "Associated Press"


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("Two people died, according to AFP.", ["AFP"]),
        ("The mayor told CNN that the town holds.", ["CNN"]),
        ("He told the German weekly Der Spiegel that it fell.", ["Der Spiegel"]),
        ("Sources tell CNN the offensive is near.", ["CNN"]),
        ("Reuters describes how one official left.", ["Reuters"]),
        ("The Washington Post recently argued that it must hold.", ["Washington Post"]),
        ("The Guardian’s Luke Harding and Isobel Koshiw reported from Kyiv.", ["The Guardian"]),
        ("KYIV (AP) — Russian forces advanced.", [AP]),
        ("KYIV, Jan 25 (Reuters) - Russian forces advanced.", ["Reuters"]),
        ("MOSCOW, May 21. /TASS/. Russian troops struck.", ["TASS"]),
        ("The Institute for the Study of War (ISW), a US think tank, said so.", [ISW]),
        ("Its losses mount, the ISW asserted.", [ISW]),
        ("Analysts at the Washington-based Institute for the Study of War said so.", [ISW]),
        ("ISW's latest assessment puts them near Kreminna.", [ISW]),
        ("Citing TASS and RIA Novosti, the paper said so.", ["TASS", "RIA Novosti"]),
        ("AFP, Reuters and the BBC reported heavy shelling.", ["AFP", "Reuters", "BBC"]),
        ("In an interview with Sky News, he denied it.", ["Sky News"]),
        ("Emails seen by Reuters show it.", ["Reuters"]),
        ("An AFP journalist in the city heard explosions.", ["AFP"]),
        ("In response to questions from CNN, the army said no.", ["CNN"]),
        ("The town fell, Ukrainska Pravda reports.", ["Ukrainska Pravda"]),
        ("“They left,” he was quoted as saying by Interfax.", ["Interfax"]),
        ("Reuters, citing two officials, reported the talks.", ["Reuters"]),
        ("ISW: Russian forces advanced near Kreminna\n\nText.", [ISW]),
        ("The open-source project DeepState said the village was lost.", ["DeepState"]),
        ("Про це повідомляє Укрінформ.", ["Ukrinform"]),
        ("За даними Українська правда, місто тримається.", ["Ukrainska Pravda"]),
        ("Про це пише «Українська правда» з посиланням на Reuters.", ["Ukrainska Pravda", "Reuters"]),
        ("Як передає УНІАН, обстріл тривав годину.", ["UNIAN"]),
        ("Суспільне повідомляє про вибухи у Харкові.", ["Suspilne"]),
        ("Мер сказав в інтерв’ю CNN, що місто тримається.", ["CNN"]),
        ("Джерело: Bloomberg", ["Bloomberg"]),
        ("Росіяни просунулися біля Кремінної, – ISW\n\nТекст.", [ISW]),
        ("Об этом сообщает ТАСС.", ["TASS"]),
        ("Об этом сообщает агентство РИА Новости со ссылкой на Минобороны.", ["RIA Novosti"]),
        ("По данным Медиазоны, погибли сотни.", ["Mediazona"]),
        ("Как пишет Медуза, город взят.", ["Meduza"]),
        ("«Коммерсантъ» сообщил о переговорах.", ["Kommersant"]),
    ],
)
def test_an_outlet_the_text_leans_on(text, cites):
    assert list(cited_outlets(text)) == cites


@pytest.mark.parametrize(
    "text",
    [
        "A shell hit a Washington Post building.",
        "Evan Gershkovich, a Wall Street Journal reporter, was detained.",
        "She is a former CNN correspondent who reported from Kyiv.",
        "Lucas Webber is the co-founder and editor of Militant Wire",
        "Reports that could not be independently verified by the Guardian speak of losses.",
        "During an interview with the Rossiya-1 TV channel, Putin voiced hope.",
        "Washington said that Bakhmut may fall, and Reuters closed its office.",
        "Photograph: Ronaldo Schemidt/AFP/Getty Images",
        "Copyright 2018 The Associated Press. All rights reserved.",
        "The guardian said no. These are the times, he told the hill.",
        "officials told reporters at the White House",
        "The companies that advertise on Fox News left.",
        "У будівлю Укрінформ влучила ракета.",
        "",
    ],
)
def test_an_outlet_merely_named(text):
    assert cited_outlets(text) == ()


def test_the_order_is_that_of_first_mention():
    text = "Reuters and CNN have offices there. He told CNN so.\n\nThe town fell, Reuters reported."
    assert cited_outlets(text) == ("Reuters", "CNN")


def test_the_times_is_the_paper_named_before():
    assert cited_outlets("The New York Times said so. Later the Times reported more.") == ("New York Times",)


def test_the_times_alone_is_its_own_paper():
    assert cited_outlets("Later the Times reported more.") == ("The Times",)


@pytest.mark.skipif(not SEED_EVENTS.exists(), reason="the shared gold sets are not beside the project")
def test_seed_articles_are_exact():
    expected, found = {}, {}
    for line in SEED_EVENTS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = (SHARED / "seeds" / row["id"]).read_text(encoding="utf-8")
        expected[row["id"]], found[row["id"]] = row["cites"], list(cited_outlets(text))
    assert found == expected


def test_outlet_names_are_folded_and_lack_their_article():
    assert {"washington post", "kyiv independent", "guardian", "укрінформ"} <= outlet_names()
    assert all(name == name_key(name) for name in outlet_names())


def test_the_table_is_large_and_names_each_outlet_once():
    names = [outlet.name for outlet in outlets()]
    assert len(names) >= 150
    assert len(set(names)) == len(names)


def test_no_spelling_and_no_domain_belongs_to_two_outlets():
    owners: dict[str, set[str]] = {}
    for outlet in outlets():
        for spelling in (*outlet.spellings, *outlet.domains):
            owners.setdefault(spelling, set()).add(outlet.name)
    assert {spelling: found for spelling, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://www.bbc.com/news/world", "BBC"),
        ("https://edition.cnn.com/2023/01/26/x", "CNN"),
        ("http://www.pravda.com.ua:80/news/", "Ukrainska Pravda"),
        ("pravda.com.ua/eng", "Ukrainska Pravda"),
        ("https://cnn.com.example.org/", ""),
        ("https://notcnn.com/", ""),
        ("https://example.org/?u=https://bbc.com", ""),
        ("javascript:alert(1)//cnn.com", ""),
        ("http://[broken", ""),
        ("com", ""),
        ("", ""),
    ],
)
def test_source_from_url(url, source):
    assert source_from_url(url) == source
