"""The downloaded layer: broken transfers, damaged files, merging with the project's table, taking it into use."""

import json

import pytest

from geodata.build import geonames
from geodata.build.download import fetch
from geodata.build.geonames import build_download, check_zip, country_codes
from geodata.downloaded import FOLDER, INSTALLED, installed, open_download
from geodata.errors import DownloadError, GazetteerBuildError, GazetteerDataError
from geodata.gazetteer import DATA, open_gazetteer
from geodata.names import NameKind, name_key
from tests.geodata.dump_double import FEATURES, DumpServer, dump, line


@pytest.fixture
def server(monkeypatch):
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    double = DumpServer({"UA.zip": dump()})
    yield double
    double.close()


@pytest.fixture
def user(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "user"))
    return tmp_path / "user"


@pytest.fixture
def gazetteer(server, user):
    build_download(DATA, user, ["UA"], address=server.url)
    return open_gazetteer()


def get(server, target):
    fetch(f"{server.url}/UA.zip", target, check=check_zip, say=lambda _: None)


def broken_off(server, target):
    server.cut_at = 100_000
    with pytest.raises(DownloadError, match=r"broke off at 0\.1 of 0\.3 MB; run the command again"):
        get(server, target)


def test_a_file_arrives_whole_and_alone(server, tmp_path):
    get(server, tmp_path / "UA.zip")
    assert (tmp_path / "UA.zip").read_bytes() == server.files["UA.zip"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["UA.zip", "UA.zip.json"]


def test_a_transfer_that_broke_off_goes_on_where_it_stopped(server, tmp_path):
    broken_off(server, tmp_path / "UA.zip")
    assert not (tmp_path / "UA.zip").exists()
    get(server, tmp_path / "UA.zip")
    assert server.requests[-1][1] == "bytes=100000-"
    assert (tmp_path / "UA.zip").read_bytes() == server.files["UA.zip"]


@pytest.mark.parametrize("change", ["file", "server"])
def test_a_transfer_that_cannot_go_on_starts_again(server, tmp_path, change):
    broken_off(server, tmp_path / "UA.zip")
    if change == "file":
        server.version, server.files["UA.zip"] = 2, dump(features=FEATURES[:2])
    else:
        server.ranges = False
    get(server, tmp_path / "UA.zip")
    assert (tmp_path / "UA.zip").read_bytes() == server.files["UA.zip"]


def test_a_transfer_stopped_after_its_last_byte_is_completed(server, tmp_path):
    broken_off(server, tmp_path / "UA.zip")
    (tmp_path / "UA.zip.part").write_bytes(server.files["UA.zip"])
    get(server, tmp_path / "UA.zip")
    assert (tmp_path / "UA.zip").read_bytes() == server.files["UA.zip"]


def test_a_file_that_has_not_changed_is_not_fetched_again(server, tmp_path):
    get(server, tmp_path / "UA.zip")
    get(server, tmp_path / "UA.zip")
    assert server.requests[-1][2] == '"v1"'
    assert (tmp_path / "UA.zip").read_bytes() == server.files["UA.zip"]


@pytest.mark.parametrize("damaged", [b"<html>log in</html>", dump()[:-5000] + b"\0" * 5000], ids=["html", "zip"])
def test_a_damaged_file_is_refused_and_the_one_before_it_stays(server, tmp_path, damaged):
    get(server, tmp_path / "UA.zip")
    before = (tmp_path / "UA.zip").read_bytes()
    server.version, server.files["UA.zip"] = 2, damaged
    with pytest.raises(DownloadError, match="arrived damaged"):
        get(server, tmp_path / "UA.zip")
    assert (tmp_path / "UA.zip").read_bytes() == before
    assert not list(tmp_path.glob("*.part*"))


def test_a_wrong_checksum_inside_is_damage(tmp_path):
    content = bytearray(dump())
    content[1000] ^= 1
    (tmp_path / "UA.zip").write_bytes(content)
    with pytest.raises(ValueError, match="checksum"):
        check_zip(tmp_path / "UA.zip")


def test_offline_the_way_out_is_told(server, tmp_path):
    server.close()
    with pytest.raises(DownloadError, match="cannot be reached.*check the connection.*embedded gazetteer works"):
        get(server, tmp_path / "UA.zip")


def test_a_country_without_a_dump_is_named(server, user):
    with pytest.raises(DownloadError, match=r"XX\.zip does not exist"):
        build_download(DATA, user, ["XX"], address=server.url)


@pytest.mark.parametrize("text", ["", "UKR", "UA,1", "../etc", "УА"])
def test_what_is_no_country_code_is_refused(text):
    with pytest.raises(GazetteerBuildError):
        country_codes(text)


def test_country_codes_may_be_written_loosely():
    assert country_codes(" ua, RU,,ua ") == ("UA", "RU")


def test_a_village_that_the_embedded_list_lacks_is_found(gazetteer):
    (found,) = gazetteer.candidates(name_key("Новотестівка"))
    place = found.place
    assert (place.id, place.kind, place.country, place.region) == ("gn9000001", "village", "UA", "UA-14")
    assert (place.lat, place.lon, place.population) == (48.6, 38.6, 312)
    assert place.source == "GeoNames 9000001"


def test_its_case_forms_are_found(gazetteer):
    kinds = {c.name_kind for c in gazetteer.candidates(name_key("Тестограда"))}
    assert kinds == {NameKind.INFLECTED}


def test_its_places_weigh_no_more_than_the_world_lists(gazetteer):
    assert [layer.name for layer in gazetteer.layers] == ["theatre", "download", "world"]
    assert gazetteer.candidates(name_key("Novotestivka"))[0].place.layer == "world"


def test_quarters_and_rivers_are_left_out(gazetteer):
    assert gazetteer.get("gn9000003") is None
    assert gazetteer.get("gn9000004") is None


def test_a_village_of_the_projects_table_gives_it_its_names(gazetteer):
    (found,) = gazetteer.candidates(name_key("Klischejewka Sonderform"))
    own = gazetteer.get("klishchiivka-donetsk")
    assert found.place == own
    assert gazetteer.get("gn9000005") is None


def test_a_namesake_elsewhere_is_a_place_of_its_own(gazetteer):
    ids = [candidate.place.id for candidate in gazetteer.candidates(name_key("Klishchiivka"))]
    assert sorted(ids) == ["gn9000006", "klishchiivka-donetsk"]


def test_a_place_of_the_projects_table_is_answered_once(gazetteer):
    assert [c.place.id for c in gazetteer.candidates(name_key("Bakhmut"))] == ["bakhmut-donetsk"]


def test_a_place_of_the_world_list_is_answered_once(server, user):
    drohobych = (709611, "Drohobych", "Дрогобич", 49.35, 23.51, "P", "PPL", "UA", "15", 74000)
    server.files["UA.zip"] = dump(features=[drohobych])
    build_download(DATA, user, ["UA"], address=server.url)
    (found,) = open_gazetteer().candidates(name_key("Drohobych"))
    assert (found.place.id, found.place.population) == ("gn709611", 74000)


def test_the_version_of_the_gazetteer_tells_of_the_download(gazetteer, user):
    (user / FOLDER / INSTALLED).unlink()
    assert open_gazetteer().version != gazetteer.version


def test_the_record_says_what_is_installed(gazetteer, user):
    record = installed(user)
    # of the dump's six settlements two are in the project's table with all their names: Bakhmut and Kyiv
    assert (record.countries, record.places) == (("UA",), 4)
    assert len(record.dumps["UA"]) == 64
    assert "CC BY 4.0" in record.attribution


def test_a_new_build_takes_the_place_of_the_old(gazetteer, server, user):
    server.version, server.files["UA.zip"] = 2, dump(features=FEATURES[:2])
    build_download(DATA, user, ["UA"], address=server.url)
    assert open_gazetteer().candidates(name_key("Klischejewka Sonderform")) == ()
    assert len(list((user / FOLDER).iterdir())) == 2


def test_a_build_that_fails_leaves_the_old_one_in_use(gazetteer, server, user, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(geonames, "write_layer", full)
    with pytest.raises(DownloadError, match="No space left"):
        build_download(DATA, user, ["UA"], address=server.url)
    assert open_gazetteer().candidates(name_key("Novotestivka"))
    assert len(list((user / FOLDER).iterdir())) == 2


def test_lines_that_cannot_be_read_are_told_and_the_rest_goes_on(server, user, capsys):
    bad = "one\ttwo\n" + line(9, "Nowhere", "", 95.0, 38.0, "P", "PPL", "UA", "05", 1)
    server.files["UA.zip"] = dump(extra=bad)
    build_download(DATA, user, ["UA"], address=server.url)
    out = capsys.readouterr().out
    assert f"UA.zip line {len(FEATURES) + 1}: 2 columns instead of 19" in out
    assert f"UA.zip line {len(FEATURES) + 2}: 95.0, 38.0 is not a point on Earth" in out
    assert "2 lines left out" in out
    assert open_gazetteer().candidates(name_key("Novotestivka"))


@pytest.mark.parametrize("content", [dump("RU"), dump(features=FEATURES[3:4])], ids=["other country", "no settlement"])
def test_a_dump_without_the_country_is_refused(server, user, content):
    server.files["UA.zip"] = content
    with pytest.raises(GazetteerBuildError, match=r"UA\.zip"):
        build_download(DATA, user, ["UA"], address=server.url)
    assert open_download(user) is None


@pytest.mark.parametrize("record", ["{", "{}", json.dumps({"folder": "../x"})])
def test_a_record_that_cannot_be_read_says_what_to_do(gazetteer, user, record):
    (user / FOLDER / INSTALLED).write_text(record)
    with pytest.raises(GazetteerDataError, match="delete that file"):
        open_gazetteer()


def test_a_layer_that_cannot_be_read_says_what_to_do(gazetteer, user):
    for path in (user / FOLDER).glob("*/*.marisa"):
        path.write_bytes(b"no trie")
    with pytest.raises(GazetteerDataError, match=r"delete .*installed\.json"):
        open_gazetteer()


def test_another_folders_gazetteer_is_opened_without_the_download(gazetteer, tmp_path):
    for path in DATA.glob("*_*.[am]*"):
        (tmp_path / path.name).symlink_to(path)
    assert [layer.name for layer in open_gazetteer(tmp_path).layers] == ["theatre", "world"]
