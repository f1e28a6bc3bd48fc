"""Lines of the page around an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scraps import find_scraps


@pytest.mark.parametrize(
    "line",
    [
        "News", "World", "Read next: US believes Russia will advance in Bakhmut", "READ MORE: Battle for Soledar",
        "Read more", "Also read: Who holds Kreminna", "Related: Fighting in Avdiivka", "Related articles",
        "See also: Kherson",
        "Advertisement", "ADVERTISEMENT", "Follow us on Telegram", "Subscribe", "Subscribe to our newsletter",
        "Sign up to First Edition, our free daily newsletter", "Share this article", "Share on Facebook",
        "JOIN US ON TELEGRAM! Follow our coverage of the war",
        "Читайте також: Бої за Бахмут",
        "Читайте также: Бои за Бахмут",
        "ЧИТАЙТЕ ТАКЖЕ", "ЧИТАЙТЕ ТАКОЖ Удар по Харкову", "Підписуйтесь на наш канал",
        "Подписывайтесь на наш Telegram",
        "Реклама",
        "Новини", "По теме: Херсон", "Copyright 2023 The Paper. All rights reserved.", "→ Read also: Kupiansk",
    ],
)  # fmt: skip
def test_a_scrap_is_marked_as_a_whole_line(line):
    text = f"Before.\n  {line} \nAfter."
    ((start, end),) = find_scraps(text)
    assert text[start:end] == f"  {line} "


@pytest.mark.parametrize(
    "line",
    [
        "Read the letter the soldiers wrote from Bakhmut.",
        "Related families were evacuated from Kherson together.",
        "See also what happened to Mariupol: the city fell.",
        "News of the retreat from Kherson reached Moscow.",
        "World leaders met in Kyiv.",
        "Follow the river to Kreminna and you reach the front.",
        "Subscribers in Kharkiv lost power.",
        "Share of the town under Russian control grew.",
        "More on the way: tanks reached Kupiansk.",
        "Photo: A house in Bakhmut after shelling",
        "Photograph: Jane Doe/AFP",
        "Новини з фронту: Бахмут тримається.",
        "Реклама зникла з вулиць Харкова.",
        "Support for Ukraine grew in Poland.",
        "Bakhmut",
        "",
    ],
)
def test_prose_is_no_scrap(line):
    assert find_scraps(f"Before.\n{line}\nAfter.") == ()


def test_line_breaks_of_every_kind_end_a_line():
    text = "News\r\nBakhmut fell.\rAdvertisement\n"
    assert [text[start:end] for start, end in find_scraps(text)] == ["News", "Advertisement"]


@given(st.text(alphabet="Read more: news\r\n ", max_size=100))
def test_spans_are_whole_lines_in_order(text):
    end = 0
    for first, last in find_scraps(text):
        assert end <= first < last
        assert "\n" not in text[first:last]
        assert first == 0 or text[first - 1] in "\r\n"
        end = last
