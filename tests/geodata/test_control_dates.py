"""Who held which place on which day: widely known facts, written down from general knowledge, not from the table.

Each line is a place and its days. Days are chosen some weeks away from a change of hands unless its day is well known.
"""

from datetime import date

import pytest

from geodata import control_at, open_control, open_gazetteer
from geodata.control import CONTESTED, UNKNOWN, Control, ControlChange
from geodata.verify_context import rival_faults

FACTS = """
bucha-kyiv: 2022-03-15 russia, 2022-04-02 ukraine
irpin-kyiv: 2022-03-29 ukraine, 2022-02-25 ukraine
hostomel-kyiv: 2022-03-15 russia, 2022-04-03 ukraine
borodianka-kyiv: 2022-03-15 russia, 2022-04-03 ukraine
makariv-kyiv: 2022-03-25 ukraine
ivankiv-kyiv: 2022-03-15 russia, 2022-04-05 ukraine
chornobyl-kyiv: 2022-03-15 russia, 2022-04-04 ukraine
prypiat-kyiv: 2022-03-01 russia, 2022-04-05 ukraine
slavutych-kyiv: 2022-03-10 ukraine, 2022-04-02 ukraine
brovary-kyiv: 2022-03-15 ukraine
kyiv-kyiv: 2022-03-01 ukraine, 2025-01-01 ukraine
chernihiv-chernihiv: 2022-03-20 ukraine, 2022-04-05 ukraine
nizhyn-chernihiv: 2022-03-15 ukraine
horodnia-chernihiv: 2022-03-15 russia, 2022-04-05 ukraine
yahidne-chernihiv: 2022-03-15 russia, 2022-04-01 ukraine
trostianets-sumy: 2022-03-15 russia, 2022-03-27 ukraine
sumy-sumy: 2022-03-15 ukraine, 2025-06-15 ukraine
konotop-sumy: 2022-04-10 ukraine
okhtyrka-sumy: 2022-03-15 ukraine
kharkiv-kharkiv: 2022-03-15 ukraine, 2024-06-01 ukraine
chuhuiv-kharkiv: 2022-03-15 ukraine
izium-kharkiv: 2022-02-25 ukraine, 2022-06-01 russia, 2022-09-15 ukraine, 2025-06-01 ukraine
balakliia-kharkiv: 2022-06-01 russia, 2022-09-15 ukraine
kupiansk-kharkiv: 2022-06-01 russia, 2022-09-15 ukraine, 2024-03-01 ukraine
vovchansk-kharkiv: 2022-06-01 russia, 2022-09-15 ukraine, 2024-03-01 ukraine
shevchenkove-kharkiv: 2022-06-01 russia, 2022-09-15 ukraine
velykyi-burluk-kharkiv: 2022-06-01 russia, 2022-09-15 ukraine
kozacha-lopan-kharkiv: 2022-08-01 russia, 2022-09-15 ukraine
borova-kharkiv: 2022-08-01 russia, 2022-10-05 ukraine, 2024-03-01 ukraine
dvorichna-kharkiv: 2022-08-01 russia, 2022-10-01 ukraine, 2024-09-01 ukraine, 2025-05-01 russia
barvinkove-kharkiv: 2022-06-01 ukraine, 2023-01-01 ukraine
lozova-kharkiv: 2022-06-01 ukraine
mala-rohan-kharkiv: 2022-03-15 russia, 2022-04-05 ukraine
tsyrkuny-kharkiv: 2022-06-01 ukraine
derhachi-kharkiv: 2022-06-01 ukraine
kherson-kherson: 2022-03-15 russia, 2022-06-01 russia, 2022-11-20 ukraine, 2023-06-15 ukraine, 2025-09-01 ukraine
nova-kakhovka-kherson: 2022-03-15 russia, 2022-11-20 russia, 2023-06-15 russia, 2025-03-01 russia
kakhovka-kherson: 2022-06-01 russia, 2024-03-01 russia
oleshky-kherson: 2022-06-01 russia, 2022-11-20 russia, 2024-09-01 russia
hola-prystan-kherson: 2022-11-20 russia
skadovsk-kherson: 2022-03-15 russia, 2025-09-01 russia
henichesk-kherson: 2022-03-15 russia, 2025-09-01 russia
beryslav-kherson: 2022-06-01 russia, 2022-11-20 ukraine
snihurivka-mykolaiv: 2022-06-01 russia, 2022-11-20 ukraine
vysokopillia-kherson: 2022-06-01 russia, 2022-09-15 ukraine
mykolaiv-mykolaiv: 2022-03-15 ukraine, 2023-01-01 ukraine
voznesensk-mykolaiv: 2022-03-10 ukraine
bashtanka-mykolaiv: 2022-06-01 ukraine
ochakiv-mykolaiv: 2022-06-01 ukraine, 2025-03-01 ukraine
davydiv-brid-kherson: 2022-08-15 russia, 2022-10-10 ukraine
snake-island: 2022-03-15 russia, 2022-07-10 ukraine
melitopol-zaporizhzhia: 2022-03-15 russia, 2025-09-01 russia
berdiansk-zaporizhzhia: 2022-03-15 russia, 2025-09-01 russia
enerhodar-zaporizhzhia: 2022-03-15 russia, 2024-03-01 russia
tokmak-zaporizhzhia: 2022-06-01 russia, 2023-11-01 russia
polohy-zaporizhzhia: 2022-06-01 russia, 2023-06-15 russia
zaporizhzhia-zaporizhzhia: 2022-06-01 ukraine, 2025-09-01 ukraine
orikhiv-zaporizhzhia: 2022-06-01 ukraine, 2023-11-01 ukraine, 2025-09-01 ukraine
huliaipole-zaporizhzhia: 2022-06-01 ukraine, 2023-11-01 ukraine, 2025-09-01 ukraine
robotyne-zaporizhzhia: 2023-06-15 russia, 2023-11-01 ukraine
vasylivka-zaporizhzhia: 2022-06-01 russia
stepnohirsk-zaporizhzhia: 2023-06-15 ukraine, 2024-09-01 ukraine
mariupol-donetsk: 2022-02-25 ukraine, 2022-06-01 russia, 2025-09-01 russia
volnovakha-donetsk: 2022-02-25 ukraine, 2022-03-20 russia, 2025-09-01 russia
donetsk-donetsk: 2022-03-15 russia, 2025-09-01 russia
horlivka-donetsk: 2022-03-15 russia, 2024-03-01 russia
makiivka-donetsk: 2022-03-15 russia
yenakiieve-donetsk: 2023-03-01 russia
debaltseve-donetsk: 2022-03-15 russia
ilovaisk-donetsk: 2022-03-15 russia
luhansk-luhansk: 2022-03-15 russia, 2025-09-01 russia
alchevsk-luhansk: 2022-06-01 russia
sevastopol-sevastopol: 2022-06-01 russia
simferopol-crimea: 2022-06-01 russia, 2025-09-01 russia
kerch-crimea: 2022-06-01 russia
bakhmut-donetsk: 2022-11-20 ukraine, 2023-06-15 russia, 2024-09-01 russia
soledar-donetsk: 2022-11-20 ukraine, 2023-03-01 russia
kramatorsk-donetsk: 2022-06-01 ukraine, 2025-09-01 ukraine
sloviansk-donetsk: 2022-06-01 ukraine, 2025-09-01 ukraine
kostiantynivka-donetsk: 2023-06-15 ukraine, 2025-03-01 ukraine
druzhkivka-donetsk: 2025-03-01 ukraine
dobropillia-donetsk: 2025-03-01 ukraine
pokrovsk-donetsk: 2024-03-01 ukraine, 2025-03-01 ukraine
myrnohrad-donetsk: 2024-09-01 ukraine, 2025-06-01 ukraine
selydove-donetsk: 2024-09-01 ukraine, 2024-11-15 russia
kurakhove-donetsk: 2024-09-01 ukraine, 2025-03-01 russia
vuhledar-donetsk: 2023-03-01 ukraine, 2024-09-01 ukraine, 2024-11-01 russia
velyka-novosilka-donetsk: 2024-09-01 ukraine, 2025-03-01 russia
avdiivka-donetsk: 2022-06-01 ukraine, 2023-11-01 ukraine, 2024-03-01 russia
marinka-donetsk: 2022-06-01 contested, 2024-03-01 russia
chasiv-yar-donetsk: 2023-11-01 ukraine, 2024-03-01 ukraine
toretsk-donetsk: 2024-03-01 ukraine
niu-york-donetsk: 2024-03-01 ukraine, 2024-11-01 russia
lyman-donetsk: 2022-04-15 ukraine, 2022-06-15 russia, 2022-11-20 ukraine, 2025-03-01 ukraine
sviatohirsk-donetsk: 2022-07-01 russia, 2022-09-20 ukraine
siversk-donetsk: 2022-08-15 ukraine, 2025-03-01 ukraine
svitlodarsk-donetsk: 2022-04-01 ukraine, 2022-06-15 russia
krasnohorivka-donetsk: 2024-03-01 ukraine, 2024-11-01 russia
hirnyk-donetsk: 2024-09-01 ukraine, 2024-11-15 russia
ukrainsk-donetsk: 2024-08-15 ukraine, 2024-11-01 russia
ocheretyne-donetsk-pokrovsk: 2024-03-01 ukraine, 2024-06-01 russia
siverskodonetsk-luhansk: 2022-04-15 ukraine, 2022-07-01 russia, 2025-03-01 russia
lysychansk-luhansk: 2022-06-15 ukraine, 2022-07-10 russia
rubizhne-luhansk: 2022-06-01 russia
popasna-luhansk: 2022-03-15 contested, 2022-06-01 russia
kreminna-luhansk: 2022-03-15 ukraine, 2022-06-01 russia, 2023-03-01 russia
svatove-luhansk: 2022-06-01 russia, 2023-03-01 russia
starobilsk-luhansk: 2022-03-15 russia, 2023-03-01 russia
shchastia-luhansk: 2022-03-15 russia
bilohorivka-luhansk: 2022-11-20 ukraine, 2024-03-01 ukraine
zolote-luhansk: 2022-07-01 russia
klishchiivka-donetsk: 2023-03-01 russia, 2023-11-01 ukraine
andriivka-donetsk-bakhmut: 2023-11-01 ukraine
opytne-donetsk-bakhmut: 2023-03-01 russia
pisky-donetsk: 2022-06-01 ukraine, 2023-01-01 russia
staromaiorske-donetsk: 2023-06-15 russia, 2023-11-01 ukraine
urozhaine-donetsk: 2023-06-15 russia, 2023-11-01 ukraine
blahodatne-donetsk-volnovakha-velyka-novosilka: 2023-06-15 ukraine
neskuchne-donetsk: 2023-06-15 ukraine
makarivka-donetsk: 2023-06-15 ukraine
piatykhatky-zaporizhzhia: 2023-07-01 ukraine
novomykhailivka-donetsk-pokrovsk: 2024-03-01 ukraine, 2024-06-01 russia
pobieda-donetsk-pokrovsk: 2024-03-01 russia
stepove-donetsk: 2023-11-01 ukraine, 2024-03-15 russia
krynychne-donetsk-pokrovsk: 2024-02-01 ukraine, 2024-03-15 russia
novohrodivka-donetsk: 2024-08-01 ukraine, 2024-10-01 russia
yampil-donetsk: 2022-07-01 russia, 2022-11-20 ukraine
zarichne-donetsk-kramatorsk: 2022-07-01 russia, 2022-11-20 ukraine
sudzha-kursk: 2024-09-01 ukraine, 2025-04-01 russia
dnipro-dnipropetrovsk: 2022-06-01 ukraine, 2025-09-01 ukraine
kryvyi-rih-dnipropetrovsk: 2022-06-01 ukraine
nikopol-dnipropetrovsk: 2023-06-15 ukraine
odesa-odesa: 2022-03-15 ukraine
lyptsi-kharkiv: 2022-08-01 russia, 2022-09-20 ukraine, 2024-09-01 ukraine
hlyboke-kharkiv: 2024-03-01 ukraine, 2025-03-01 russia
staryi-saltiv-kharkiv: 2022-06-01 ukraine
yunakivka-sumy: 2025-03-01 ukraine
bilopillia-sumy: 2022-03-01 ukraine
bilohorivka-donetsk: 2022-06-01 ukraine, 2023-03-01 russia
dronivka-donetsk: 2024-03-01 ukraine, 2025-03-01 ukraine
rozdolivka-donetsk: 2024-03-01 ukraine, 2024-09-01 russia
pavlivka-donetsk-volnovakha: 2022-06-01 russia, 2022-09-15 ukraine, 2023-01-15 russia
sakko-i-vantsetti-donetsk: 2022-11-20 ukraine, 2023-03-01 russia
terny-donetsk: 2022-06-01 russia, 2023-03-01 ukraine, 2025-09-01 russia
studenok-kharkiv: 2022-06-01 russia, 2022-10-01 ukraine
khotimlia-kharkiv: 2022-06-01 russia, 2022-09-15 ukraine
tokarivka-kharkiv: 2022-09-10 russia, 2022-09-15 ukraine
posad-pokrovske-kherson: 2022-02-25 ukraine, 2022-11-20 ukraine
stara-zburivka-kherson: 2022-06-01 russia, 2023-06-15 russia
chonhar-kherson: 2022-03-15 russia, 2025-03-01 russia
velyka-lepetykha-kherson: 2022-06-01 russia, 2024-09-01 russia
tryfonivka-kherson: 2022-09-15 russia, 2022-11-20 ukraine
hannivka-dnipropetrovsk: 2022-04-01 russia, 2022-06-01 ukraine
vilniansk-zaporizhzhia: 2022-06-01 ukraine, 2025-03-01 ukraine
kamianka-zaporizhzhia-polohy: 2022-06-01 russia, 2024-03-01 russia
verbove-zaporizhzhia-polohy: 2022-09-15 russia, 2023-06-15 russia
ripky-chernihiv: 2022-03-15 russia, 2022-04-10 ukraine
putyvl-sumy: 2022-03-15 russia, 2022-04-10 ukraine
shostka-sumy: 2022-03-15 ukraine, 2025-03-01 ukraine
katiuzhanka-kyiv: 2022-03-15 russia, 2022-04-05 ukraine
zdvyzhivka-kyiv: 2022-03-15 russia, 2022-04-05 ukraine
bilokurakyne-luhansk: 2022-06-01 russia, 2025-03-01 russia
trokhizbenka-luhansk: 2022-06-01 russia, 2023-03-01 russia
stelmakhivka-luhansk: 2022-06-01 russia, 2023-03-01 ukraine, 2025-03-01 russia
chervonopopivka-luhansk: 2022-06-01 russia, 2023-03-01 russia
shyrokyne-donetsk: 2022-02-24 ukraine, 2022-06-01 russia
olenivka-donetsk-kalmiuske: 2022-02-24 russia, 2023-03-01 russia
spartak-donetsk: 2022-02-24 russia, 2024-03-01 russia
chornomorske-crimea: 2022-06-01 russia, 2025-03-01 russia
blahodatne-donetsk-pokrovsk: 2024-06-01 ukraine, 2024-11-01 russia
vozdvyzhenka-donetsk-pokrovsk: 2024-09-01 ukraine, 2025-03-01 russia
lysivka-donetsk: 2024-09-01 ukraine, 2025-12-10 russia
bohorodychne-donetsk: 2022-04-15 ukraine, 2022-08-15 russia, 2022-09-20 ukraine
komar-donetsk: 2025-03-01 ukraine, 2025-09-01 russia
yalta-donetsk-volnovakha: 2025-03-01 ukraine, 2025-09-01 russia
bahatyr-donetsk: 2025-03-01 ukraine, 2025-09-01 russia
novotroitske-donetsk-pokrovsk: 2024-09-01 ukraine, 2025-03-01 russia
ptyche-donetsk: 2024-06-01 ukraine, 2024-11-01 russia
"""
FRONT = tuple("UA-09 UA-14 UA-23 UA-32 UA-43 UA-59 UA-63 UA-65 UA-74".split())
"""Crimea and the oblasts fighting on the ground has reached in breadth."""


def row(day: str, to: str, basis: str = "confirmed", by: str = "Somebody") -> ControlChange:
    return ControlChange("x", date.fromisoformat(day), to, basis, by, "Book")


def facts() -> list[tuple[str, str, str]]:
    listed = []
    for line in FACTS.strip().splitlines():
        place, days = line.split(": ")
        listed += [(place, *fact.split()) for fact in days.split(", ")]
    return listed


@pytest.mark.parametrize(("place", "day", "status"), facts())
def test_the_table_agrees_with_what_is_widely_known(place: str, day: str, status: str) -> None:
    assert control_at(place, date.fromisoformat(day)).status == status


def test_there_are_enough_facts_and_every_place_exists() -> None:
    assert len(set(facts())) == len(facts()) >= 120
    gazetteer = open_gazetteer()
    assert [place for place, *_ in facts() if not gazetteer.get(place)] == []


@pytest.mark.parametrize("day", ["2022-02-24", "2022-11-20", "2024-03-01", "2025-09-01"])
def test_every_town_of_the_fighting_oblasts_is_known(day: str) -> None:
    layer = next(layer for layer in open_gazetteer().layers if layer.name == "theatre")
    places = [layer.place(number) for number in range(len(layer))]
    towns = [place for place in places if place.region in FRONT and place.kind in ("city", "town")]
    assert len(towns) > 200
    unknown = [town.id for town in towns if control_at(town.id, date.fromisoformat(day)).status == UNKNOWN]
    assert unknown == []


def test_no_place_of_the_left_bank_is_called_ukrainian_after_the_withdrawal() -> None:
    gazetteer = open_gazetteer()
    places = [gazetteer.get(place) for place in open_control().places]
    left_bank = [place.id for place in places if place and place.region == "UA-65" and place.lat < 46.45]
    held = {control_at(place, date(2023, 3, 1)).status for place in left_bank}
    assert len(left_bank) > 40
    assert held <= {"russia", CONTESTED}


def test_both_sides_confirmed_on_one_day_is_a_fault() -> None:
    rows = [row("2023-01-01", "russia"), row("2023-01-01", "ukraine", by="Another")]
    assert any("both sides" in fault for fault in rival_faults(Control(rows)))


def test_an_estimate_that_repeats_the_row_before_is_a_fault() -> None:
    rows = [row("2023-01-01", "russia"), row("2023-02-01", "russia", "estimated", "project estimate")]
    assert any("says what the row before" in fault for fault in rival_faults(Control(rows)))


def test_the_committed_table_has_no_rivals() -> None:
    assert list(rival_faults(open_control())) == []
