"""Decisions, their lines, and the file they are kept in."""

import json
import os
from datetime import UTC, datetime, timedelta
from datetime import date as Date

import pytest

from corpus import CorpusError
from corpus.corrections.file import (
    CorrectionsFile,
    DecidedPlace,
    Decision,
    HeldCorrections,
    Target,
    decide,
    own_place_id,
    read_corrections,
)
from corpus.corrections.lines import MOST_LINE_BYTES, from_line, to_line
from corpus.errors import CorrectionError, CorrectionsReadError, CorrectionsWriteError

ARTICLE, OTHER = "0123456789abcdef", "fedcba9876543210"
PLACE = DecidedPlace(id="own:1", name="Нове Село", kind="village", lat=48.1, lon=38.2, country="UA", region="UA-14")
EVERY_ACTION = (
    decide("accept", scope="mention", article_id=ARTICLE, start=3, end=9, name="Soledar", was="soledar-donetsk"),
    decide("place", scope="article", article_id=ARTICLE, name="Yahidne", was="", value=PLACE, who="Ann", why="map"),
    decide("reject", scope="everywhere", name="Austin", who="Олена", why="a person:\nLloyd “Austin”\u2028"),
    decide("role", scope="everywhere", name="Moscow", value="actor"),
    decide("spelling", scope="everywhere", name="Novoye Selo", value=PLACE),
    decide("new_place", scope="everywhere", value=PLACE),
    decide("date", scope="article", article_id=ARTICLE, value=Date(2023, 1, 26)),
    decide("date", scope="article", article_id=ARTICLE, value=None),
    decide("source", scope="article", article_id=ARTICLE, value="Kyiv Post"),
    decide("split", scope="article", article_id=ARTICLE),
    decide("merge", scope="article", article_id=ARTICLE, value=OTHER),
    decide("undo", scope="everywhere", value="20261122T041623690425-6a76c6dc3a79"),
)


@pytest.fixture
def file(tmp_path):
    return CorrectionsFile(tmp_path)


def line_of(**changes) -> bytes:
    """A good line (Austin is no place, everywhere) with some of its values changed."""
    record = json.loads(to_line(EVERY_ACTION[2])) | changes
    return json.dumps(record).encode()


@pytest.mark.parametrize("decision", EVERY_ACTION, ids=lambda d: d.action)
def test_a_decision_is_read_back_from_its_line(decision):
    line = to_line(decision)
    assert from_line(line.rstrip(b"\n")) == decision
    assert len(line.splitlines()) == 1


def test_later_decisions_have_later_times_and_ids():
    made = [decide("reject", scope="everywhere", name="Austin") for _ in range(1000)]
    assert [d.id for d in sorted(made, key=lambda d: d.id)] == [d.id for d in made]
    assert len({d.time for d in made}) == 1000


def test_a_decision_is_later_than_one_by_a_clock_that_is_ahead():
    ahead = datetime.now(UTC) + timedelta(hours=3)
    assert decide("reject", scope="everywhere", name="Austin", after=ahead).time > ahead


def test_a_new_place_is_called_by_its_own_name_unless_another_is_given():
    assert decide("new_place", scope="everywhere", value=PLACE).target == Target(name="Нове Село")


def test_two_reviewers_who_add_one_place_give_it_one_id():
    assert own_place_id("Нове Село", 48.12340, 38.2) == own_place_id("нове  село", 48.12342, 38.2)
    assert own_place_id("Нове Село", 48.1234, 38.2) != own_place_id("Нове Село", 48.2234, 38.2)


WRONG = {
    "no JSON": b"Austin is a person",
    "a list": b"[1, 2]",
    "deeply nested": b'{"v": ' + b"[" * 30_000,
    "cp1251": "{'v': 1, 'who': 'Олена'}".encode("cp1251"),
    "NUL in the line": line_of().replace(b"a person", b"a \x00 person"),
    "NUL in a name": line_of(target={"name": "Aus\x00tin"}),
    "half a character": line_of(who="\ud800"),
    "too long": line_of(why="x" * 10_000_000),
    "long note": line_of(why="x" * 3000),
    "no version": json.dumps({k: v for k, v in json.loads(line_of()).items() if k != "v"}).encode(),
    "newer": line_of(v=2),
    "version true": line_of(v=True),
    "unknown action": line_of(action="explode"),
    "action a list": line_of(action=["reject"]),
    "unknown scope": line_of(scope="universe"),
    "scope of a spelling": line_of(action="spelling", scope="article", target={"article": ARTICLE, "name": "x"}),
    "unknown key": line_of(surprise=1),
    "unknown key of the target": line_of(target={"name": "Austin", "sql": "DROP TABLE"}),
    "no name": line_of(target={"name": "..."}),
    "no time": line_of(time="yesterday"),
    "time without zone": line_of(time="2026-11-22T10:00:00"),
    "time beyond all": line_of(time="9999-12-31T23:59:59+00:00"),
    "id of another sort": line_of(id="../../etc/passwd"),
    "id a number": line_of(id=7),
    "who a number": line_of(who=7),
    "article everywhere": line_of(target={"article": ARTICLE, "name": "Austin"}),
    "no article": line_of(scope="article"),
    "backwards": line_of(scope="mention", target={"article": ARTICLE, "start": 9, "end": 3, "name": "x"}),
    "start true": line_of(scope="mention", target={"article": ARTICLE, "start": True, "end": 3, "name": "x"}),
    "huge start": line_of(scope="mention", target={"article": ARTICLE, "start": 10**30, "end": 10**31, "name": "x"}),
    "undo of nothing": line_of(action="undo", target={}, value=None),
    "undo of itself": line_of(action="undo", target={}, value=EVERY_ACTION[2].id),
    "not a role": line_of(action="role", value="victim"),
    "merged with itself": line_of(action="merge", scope="article", target={"article": ARTICLE}, value=ARTICLE),
    "32.13.2023": line_of(action="date", scope="article", target={"article": ARTICLE}, value="32.13.2023"),
    "place without id": line_of(action="place", value={"name": "x", "kind": "village", "lat": 1, "lon": 2}),
    "place of text": line_of(action="place", value="Soledar"),
    "latitude 95": line_of(action="place", value=PLACE.to_json() | {"lat": 95}),
    "longitude as text": line_of(action="place", value=PLACE.to_json() | {"lon": "38"}),
    "latitude NaN": line_of(action="place", value=PLACE.to_json()).replace(b"48.1", b"NaN"),
    "latitude infinite": line_of(action="place", value=PLACE.to_json()).replace(b"48.1", b"1e999"),
    "unknown kind": line_of(action="place", value=PLACE.to_json() | {"kind": "planet"}),
    "own id taken": line_of(action="new_place", value=PLACE.to_json() | {"id": "gn706757"}),
    "country in words": line_of(action="place", value=PLACE.to_json() | {"country": "ua"}),
}


@pytest.mark.parametrize("line", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_line_is_told_with_its_number_kept_and_costs_no_other(file, line):
    before, after = EVERY_ACTION[3], EVERY_ACTION[4]
    content = to_line(before) + line + b"\n" + to_line(after)
    file.path.write_bytes(content)
    found = file.read()
    assert found.decisions == (before, after)
    assert [problem.line for problem in found.problems] == [2]
    assert file.dump() == content


def test_a_newer_format_says_what_helps(file):
    file.path.write_bytes(line_of(v=2) + b"\n")
    assert "update Dateline" in str(file.read().problems[0])


def test_a_decision_that_cannot_be_is_refused_when_made():
    with pytest.raises(CorrectionError, match="role: 'victim'"):
        decide("role", scope="everywhere", name="Moscow", value="victim")


def test_lines_with_windows_ends_and_empty_lines_are_read(file):
    file.path.write_bytes(b"\r\n".join(to_line(d).rstrip() for d in EVERY_ACTION[:3]) + b"\r\n\n  \n")
    assert (len(file.read().decisions), file.read().problems) == (3, ())


def test_one_id_twice_counts_once_and_is_told_when_it_says_another_thing(file):
    first = EVERY_ACTION[2]
    other = Decision(id=first.id, time=first.time, action="reject", scope="everywhere", target=Target(name="Texas"))
    file.append([first, first, other])
    found = file.read()
    assert found.decisions == (first,)
    assert [problem.line for problem in found.problems] == [3]


def test_no_file_is_no_decision(file):
    assert (file.read().decisions, file.version, file.dump()) == ((), "", b"")


def test_what_is_appended_is_read_back_in_order(file):
    file.append(EVERY_ACTION[:4])
    file.append(EVERY_ACTION[4:])
    assert file.read().decisions == CorrectionsFile(file.path.parent).read().decisions == EVERY_ACTION


def test_version_changes_with_every_append(file):
    versions = [file.version]
    for decision in EVERY_ACTION[:3]:
        file.append([decision])
        versions.append(file.version)
    assert len(set(versions)) == 4


def test_half_a_line_of_a_crash_is_told_and_the_next_decision_is_whole(file):
    file.append(EVERY_ACTION[:1])
    whole = file.path.read_bytes()
    file.path.write_bytes(whole + to_line(EVERY_ACTION[1])[:40])
    assert "has no end" in str(file.read().problems[0])
    file.append(EVERY_ACTION[2:3])
    found = file.read()
    assert found.decisions == (EVERY_ACTION[0], EVERY_ACTION[2])
    assert [problem.line for problem in found.problems] == [2]


def test_a_line_that_lacks_but_its_end_counts(file):
    file.path.write_bytes(to_line(EVERY_ACTION[0]) + to_line(EVERY_ACTION[1]).rstrip(b"\n"))
    assert file.read().decisions == EVERY_ACTION[:2]
    file.append(EVERY_ACTION[2:3])
    assert (file.read().decisions, file.read().problems) == (EVERY_ACTION[:3], ())


def test_a_file_edited_between_two_reads_is_read_as_it_is(file):
    file.append(EVERY_ACTION[:3])
    file.read()
    file.path.write_bytes(to_line(EVERY_ACTION[5]) + to_line(EVERY_ACTION[1]) * 3)
    assert file.read().decisions == (EVERY_ACTION[5], EVERY_ACTION[1])


def test_a_very_long_line_is_never_whole_in_memory(file, monkeypatch):
    asked = []
    file.path.write_bytes(b"x" * 3_000_000 + b"\n" + to_line(EVERY_ACTION[0]))
    with file.path.open("rb") as stream:

        class Counting:
            seek = stream.seek
            read = stream.read

            def readline(self, most):
                asked.append(most)
                return stream.readline(most)

        assert file._reader.read(Counting()).decisions == EVERY_ACTION[:1]
    assert max(asked) <= max(1 << 20, MOST_LINE_BYTES + 2)


def test_a_full_disk_leaves_the_file_as_it_was(file, monkeypatch):
    file.append(EVERY_ACTION[:1])
    before, write = file.path.read_bytes(), os.write

    def full(handle, data):
        if len(data) > 10:
            return write(handle, bytes(data)[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(CorrectionsWriteError, match="No space left.*nothing of it was kept"):
        file.append(EVERY_ACTION[1:2])
    assert file.path.read_bytes() == before


def test_a_file_that_cannot_be_opened_is_not_an_empty_one(file):
    file.path.mkdir()
    with pytest.raises(CorrectionsReadError, match="mend its permissions"):
        file.read()
    assert issubclass(CorrectionsReadError, CorpusError)


def test_held_decisions_are_written_nowhere(file):
    file.append(EVERY_ACTION[:1])
    held = HeldCorrections(file)
    held.append(EVERY_ACTION[1:3])
    assert held.read().decisions == EVERY_ACTION[:3]
    assert file.read().decisions == EVERY_ACTION[:1]
    assert held.held == 2


def test_a_download_of_held_decisions_is_a_file_of_corrections(file):
    file.path.write_bytes(to_line(EVERY_ACTION[0]).rstrip(b"\n"))
    held = HeldCorrections(file)
    held.append(EVERY_ACTION[1:3])
    assert read_corrections(held.dump()).decisions == EVERY_ACTION[:3]


def test_a_download_restored_elsewhere_comes_to_the_same(file, tmp_path):
    file.append(EVERY_ACTION)
    other = CorrectionsFile(tmp_path / "other")
    restored = other.restore(file.dump())
    assert (len(restored.merged.added), restored.merged.conflicts) == (len(EVERY_ACTION), ())
    assert other.read().state == file.read().state
    assert other.restore(file.dump()).merged.added == ()


def test_lines_of_a_restored_file_that_cannot_be_read_are_told(file):
    restored = file.restore(to_line(EVERY_ACTION[0]) + b"{}\n")
    assert [problem.line for problem in restored.problems] == [2]


def test_a_file_read_again_unchanged_is_the_same_object(file):
    file.append(EVERY_ACTION[:3])
    assert file.read() is file.read()
    held = HeldCorrections(file)
    held.append(EVERY_ACTION[3:4])
    assert held.read() is held.read()
