"""What bad input comes to, item by item: a message that names the item and the reason, and nothing else lost.

Every case stands beside a good article in the same folder, which must be read. `tests/corpus/test_bad_add.py` holds the
same of adding: a full disk, lone surrogates at rest, and nothing half-added.
"""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.pipeline import complete
from extract.readers import Failure, ReadOptions, read_paths
from extract.types import Article

GOOD = "Shells fell on the outskirts of Kupiansk overnight and two people were hurt there.\n"
UK = "Уночі снаряди впали на околиці Куп'янська, двоє людей дістали поранення, лікарі їм допомогли.\n"
RU = "Ночью снаряды упали на окраине города, двое жителей получили ранения, врачи помогли им на месте.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "zz good.txt").write_text(GOOD)
    return made


def read(folder: Path, **options) -> tuple[list[Article], list[Failure]]:
    """What was read beside the good article, and what failed."""
    found = list(read_paths([str(folder)], options=ReadOptions(**options)))
    articles = [one for one in found if isinstance(one, Article)]
    assert [one.id for one in articles].count("zz good.txt") == 1
    rest = [one for one in articles if one.id != "zz good.txt"]
    return rest, [one for one in found if isinstance(one, Failure)]


def packed(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def test_a_truncated_zip(folder: Path) -> None:
    (folder / "cut.zip").write_bytes(packed(("a.txt", GOOD.encode()), ("b.txt", UK.encode()))[:-40])
    articles, (failure,) = read(folder)
    assert articles == []
    assert failure.item.endswith("cut.zip")
    assert "copy or download the archive again" in failure.reason


def test_a_zip_bomb(folder: Path) -> None:
    (folder / "bomb.zip").write_bytes(packed(("big.txt", b"a" * 30_000_000), ("a.txt", UK.encode())))
    articles, (failure,) = read(folder)
    assert [one.id for one in articles] == ["a.txt"]
    assert failure.item.endswith("bomb.zip/big.txt")
    assert "limit" in failure.reason


def test_a_zip_bomb_that_lies_of_its_size(folder: Path) -> None:
    data = bytearray(packed(("big.txt", b"a" * 30_000_000)))
    honest = (30_000_000).to_bytes(4, "little")
    (folder / "bomb.zip").write_bytes(bytes(data).replace(honest, (1_000).to_bytes(4, "little")))
    articles, failures = read(folder)
    assert sum(len(one.text) for one in articles) <= 1_000
    assert all(one.item.endswith("big.txt") and one.reason for one in failures)
    assert articles or failures


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "..\\evil.txt", "C:\\evil.txt"])
def test_a_path_that_leads_out_of_a_zip(folder: Path, name: str) -> None:
    (folder / "walk.zip").write_bytes(packed((name, GOOD.encode()), ("a.txt", UK.encode())))
    articles, (failure,) = read(folder)
    assert [one.id for one in articles] == ["a.txt"]
    assert "leads out of the archive" in failure.reason
    assert sorted(path.name for path in folder.parent.rglob("*evil*")) == []


BILLION = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<rss version="2.0"><channel><title>T</title><item><title>&d;</title><description>%s &d;</description></item>
</channel></rss>"""
EXTERNAL = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file://%s">]>
<rss version="2.0"><channel><title>T</title><item><title>T</title><description>%s &x;</description></item>
</channel></rss>"""


def test_an_xml_bomb_does_not_grow(folder: Path) -> None:
    (folder / "bomb.xml").write_text(BILLION % GOOD.strip())
    articles, failures = read(folder)
    assert sum(len(one.text) + len(one.title) for one in articles) < 1_000
    assert articles or "bomb.xml" in failures[0].item


def test_an_external_entity_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET WORDS")
    (folder / "outside.xml").write_text(EXTERNAL % (secret, GOOD.strip()))
    articles, failures = read(folder)
    assert "TOP SECRET" not in "".join(one.text + one.title for one in articles)
    assert articles or "outside.xml" in failures[0].item


def test_a_page_without_an_article(folder: Path) -> None:
    menu = "".join(f'<li><a href="/{n}">Menu {n}</a></li>' for n in range(30))
    (folder / "menu.html").write_text(f"<html><title>Menu</title><body><nav><ul>{menu}</ul></nav></body></html>")
    articles, (failure,) = read(folder)
    assert articles == []
    assert failure.item.endswith("menu.html")
    assert "no article" in failure.reason


def test_ten_thousand_tiny_files(folder: Path) -> None:
    for number in range(10_000):
        (folder / f"{number:05}.txt").write_text(f"{number}: {GOOD}")
    (folder / "05000.txt").write_text("")
    articles, (failure,) = read(folder)
    assert len(articles) == 9_999
    assert failure.item.endswith("05000.txt")
    assert "is empty" in failure.reason


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (UK, "utf-16"),
        (UK, "utf-16-le"),
        (UK, "cp1251"),
        (UK, "koi8-u"),
        (RU, "cp1251"),
        (RU, "koi8-r"),
        (UK, "utf-8-sig"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html"])
def test_encodings(folder: Path, name: str, text: str, encoding: str) -> None:
    text = text.strip() * 3
    shapes: dict[str, str] = {
        "a.txt": text,
        "a.csv": f'id,text\n1,"{text}"\n',
        "a.html": f"<html><body><article><h1>Report</h1><p>{text}</p></article></body></html>",
    }
    (folder / name).write_bytes(shapes[name].encode(encoding))
    (article,), failures = read(folder)
    assert failures == []
    assert text in article.text


@pytest.mark.parametrize(("label", "really"), [("utf-8", "cp1251"), ("windows-1251", "utf-8"), ("koi8-u", "cp1251")])
def test_a_wrong_label(folder: Path, label: str, really: str) -> None:
    page = f'<html><head><meta charset="{label}"></head><body><article><p>{UK * 3}</p></article></body></html>'
    (folder / "a.html").write_bytes(page.encode(really))
    (article,), failures = read(folder)
    assert failures == []
    assert UK.strip() in article.text


def test_bytes_that_are_no_text_in_any_encoding(folder: Path) -> None:
    (folder / "noise.txt").write_bytes(bytes(range(128, 160)) * 40 + b"\x01\x02\x03" * 40)
    articles, (failure,) = read(folder)
    assert articles == []
    assert "noise.txt" in failure.reason
    assert "save it as UTF-8 text" in failure.reason


def test_quotes_and_line_breaks_in_csv_cells(folder: Path) -> None:
    text = 'He said ""go"", then,\nafter a break; and\r\nmore'
    (folder / "a.csv").write_bytes(f'id,text\n1,"{text}"\n2,"never closed\n'.encode())
    (article,), (failure,) = read(folder)
    assert article.text == 'He said "go", then,\nafter a break; and\r\nmore'
    assert "row 3" in failure.item
    assert "never closed" in failure.reason


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_a_single_line_of_a_megabyte(folder: Path, name: str) -> None:
    text = ("Shells fell on Kupiansk. " * 42_000)[:1_000_000].strip()
    contents = {"a.txt": text, "a.jsonl": json.dumps({"text": text}), "a.csv": f'text\n"{text}"\n'}
    (folder / name).write_text(contents[name])
    (article,), failures = read(folder)
    assert failures == []
    assert len(article.text) == len(text)


def test_a_single_line_above_the_limit(folder: Path) -> None:
    (folder / "a.jsonl").write_text(json.dumps({"text": "x" * 200_000}) + "\n" + json.dumps({"text": UK}) + "\n")
    (article,), (failure,) = read(folder, max_bytes=20_000)
    assert article.text == UK
    assert failure.item.endswith("a.jsonl:1")
    assert "split" in failure.reason


def test_nul_bytes(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"Shells fell\x00 on Kupiansk.")
    articles, (failure,) = read(folder)
    assert articles == []
    assert failure.item.endswith("a.txt")
    assert "NUL bytes" in failure.reason


def test_lone_surrogates_are_kept_and_do_no_harm(folder: Path) -> None:
    (folder / "a.jsonl").write_text(
        '{"id": "s", "title": "\\ud800", "source": "\\udfff W", "text": "Half \\ud83d of Kupiansk."}\n'
    )
    (article,), failures = read(folder)
    assert failures == []
    assert complete(article).text == "Half \ud83d of Kupiansk."
    assert len(article.article_id) == 16


def test_right_to_left_marks_are_kept_in_texts(folder: Path) -> None:
    text = "The town of \u202ekramatorsK\u202c and \u200fKupiansk\u200e were shelled, it said."
    (folder / "a\u202etxt.txt").write_text(text)
    (article,), failures = read(folder)
    assert failures == []
    assert article.text == text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "---\ndate: 32.13.2023\n---\n" + GOOD),
        ("a.txt", "Shelling\n32.13.2023\n\n" + GOOD),
        ("a.csv", f"date,text\n32.13.2023,{GOOD}"),
        ("a.jsonl", json.dumps({"date": "32.13.2023", "text": GOOD})),
        ("a.html", f'<html><head><meta name="date" content="32.13.2023"></head><body><p>{GOOD * 3}</p></body></html>'),
    ],
)
def test_a_day_that_does_not_exist_is_unknown_with_its_words(folder: Path, name: str, content: str) -> None:
    (folder / name).write_text(content)
    (article,), failures = read(folder)
    article = complete(article)
    assert failures == []
    assert (article.date, article.date_basis, article.date_text) == (None, "unknown", "32.13.2023")


BROKEN: dict[str, Callable[[], bytes]] = {
    "a.pdf": lambda: b"%PDF-1.4 broken",
    "a.docx": lambda: packed(("word/other.xml", b"<x/>")),
    "a.xlsx": lambda: b"PK\x03\x04 not a workbook",
    "a.parquet": lambda: b"PAR1 not a table PAR1",
    "a.xml": lambda: b"<html>no feed</html>",
    "a.json": lambda: b"[1, 2",
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_document(folder: Path, name: str) -> None:
    (folder / name).write_bytes(BROKEN[name]())
    articles, (failure,) = read(folder)
    assert articles == []
    assert failure.item.endswith(name)
    assert len(failure.reason) > 20
