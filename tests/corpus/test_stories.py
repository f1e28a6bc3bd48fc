import itertools
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import CorpusIndex, CorpusWriteError, MentionFilter
from corpus.buckets import LEAST_CONTAINED, LEAST_CONTAINED_ONE_UNDATED, LEAST_SHARED, WINDOW_DAYS
from corpus.links import Links, extend_links
from corpus.stories import LINKS_FILE, group_stories, keep_links, read_links
from corpus.wordings import wordings_of
from extract.fingerprint import fingerprint, kept_below, read_fingerprint
from extract.tokens import Tokens
from tests.corpus.story_samples import DAY, article, reports, table

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"


def days(number):
    return DAY + timedelta(days=number)


def groups(*articles, known=None):
    """Article id → id of its leading copy."""
    ids = [one["article_id"] for one in articles]
    stories = group_stories(table(articles), known)
    return dict(zip(ids, (ids[leader] for leader in stories.leaders), strict=True))


def links_of(articles, known=None):
    return extend_links(known or Links.none(), wordings_of(table(articles))[0])


def linked(one, other):
    return len(links_of([one, other]).pairs) == 1


def wording(*blocks, **what):
    return article("", *blocks, **what)


# what is one story


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not beside the project")
def test_the_seed_pair_is_one_story_and_no_other():
    texts = {path.name[:3]: path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))}
    rows = [
        {"article_id": name, "fingerprint": fingerprint(Tokens(text)), "date": None, "source": "", "chars": len(text)}
        for name, text in texts.items()
    ]
    assert groups(*rows) == {"000": "000", "001": "000", "002": "002", "003": "003", "004": "004"}


def test_sample_reports_of_one_story_and_no_others():
    rows = []
    for path in sorted((ROOT / "sample_corpus" / "reports").glob("*.md")):
        _, head, text = path.read_text("utf-8").split("---", 2)
        fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
        rows.append(
            {
                "article_id": path.name[:2],
                "fingerprint": fingerprint(Tokens(text)),
                "date": Date.fromisoformat(fields["date"].strip('"')) if "date" in fields else None,
                "source": fields.get("source", ""),
                "chars": len(text),
            }
        )
    found = {name: leader for name, leader in groups(*rows).items() if name != leader}
    assert found == {"17": "16", "24": "23"}


def test_a_short_copy_inside_a_long_article_is_one_story():
    assert linked(wording(1, 2), wording(1, 2, *range(10, 30)))


def test_a_rewrite_that_keeps_a_fifth_of_the_shorter_text_is_one_story():
    assert linked(wording(1, 2, 3, 4, 5), wording(1, *range(10, 18)))


def test_a_shared_paragraph_of_a_tenth_is_not_one_story():
    assert not linked(wording(*range(1, 11)), wording(1, *range(20, 30)))


@pytest.mark.parametrize(("apart", "expected"), [(0, True), (WINDOW_DAYS, True), (WINDOW_DAYS + 1, False), (30, False)])
def test_copies_are_one_story_only_within_days(apart, expected):
    assert linked(wording(1, 2, day=days(0)), wording(1, 2, 3, day=days(apart))) is expected


def test_an_undated_copy_belongs_whatever_the_day():
    assert linked(wording(1, 2, day=None), wording(1, 2, 3))


@pytest.mark.parametrize(("day", "expected"), [(DAY, False), (None, True)])
def test_what_a_fifth_is_kept_of_tells_the_story_of_an_undated_report_only_where_no_day_is_known(day, expected):
    assert linked(wording(1, 2, 3, 4, 5, day=None), wording(1, *range(10, 18), day=day)) is expected


def test_a_rewrite_that_keeps_half_of_an_undated_report_is_one_story():
    assert linked(wording(1, 2, day=None), wording(1, *range(10, 18)))


def test_a_source_repeats_its_phrases_from_day_to_day():
    digests = wording(1, 2, 3, 4, 5, source="Desk"), wording(1, 2, 6, 7, 8, source="Desk", day=days(1))
    assert not linked(*digests)


def test_a_source_that_prints_most_of_a_report_again_tells_the_same_story():
    assert linked(wording(1, 2, 3, source="Desk"), wording(1, 2, 3, 6, source="Desk", day=days(1)))


def test_the_same_phrases_in_two_sources_are_a_rewrite():
    assert linked(wording(1, 2, 3, 4, 5, source="Desk"), wording(1, 2, 6, 7, 8, source="Wire", day=days(1)))


def flash(name, text, source):
    row = {"article_id": name, "fingerprint": fingerprint(Tokens(text)), "date": DAY, "source": source}
    return row | {"chars": len(text)}


def test_flashes_of_a_few_words_are_one_story_only_word_for_word():
    same = "Explosions were heard in Kharkiv"
    found = groups(flash("a", same, "X"), flash("b", same, "Y"), flash("c", "Explosions were heard in Odesa", "X"))
    assert found == {"a": "a", "b": "a", "c": "c"}


def test_articles_without_a_fingerprint_stand_alone():
    bare = {"fingerprint": None, "date": None, "source": "", "chars": 10}
    assert groups({"article_id": "a", **bare}, {"article_id": "b", **bare}) == {"a": "a", "b": "b"}


# which copy leads


def test_the_earliest_dated_copy_leads():
    later, earlier, undated = article("a", 1, 2, day=days(1)), article("b", 1, 2), article("c", 1, 2, 3, day=None)
    assert set(groups(later, earlier, undated).values()) == {"b"}


def test_of_one_day_the_longest_leads():
    assert set(groups(article("a", 1, 2), article("b", 1, 2, 3), article("c", 1)).values()) == {"b"}


def test_copies_in_every_respect_are_led_by_the_smaller_id():
    assert set(groups(article("b", 1, 2), article("a", 1, 2)).values()) == {"a"}


def test_ranks_and_sizes_follow_the_order_of_leading():
    rows = [article("a", 1, 2, day=days(2)), article("x", 9, 8), article("b", 1, 2), article("c", 1, 2, 3)]
    stories = group_stories(table(rows))
    assert (stories.ranks.tolist(), stories.sizes.tolist()) == ([2, 0, 1, 0], [3, 1, 3, 3])


# how far a story reaches


def test_a_chain_of_daily_reports_is_cut_by_the_days_from_its_leading_copy():
    chain = [article(f"{n}", n, n + 1, day=days(2 * n)) for n in range(4)]
    assert groups(*chain) == {"0": "0", "1": "0", "2": "2", "3": "2"}


def test_an_undated_copy_does_not_join_reports_weeks_apart():
    found = groups(article("a", 1, 2), article("b", 1, 2, day=days(40)), article("u", 1, 2, day=None))
    assert found == {"a": "a", "b": "b", "u": "a"}


def test_a_rewrite_of_a_rewrite_of_a_rewrite_is_another_story():
    chain = [article(f"{n}", n, n + 1, chars=100 - n) for n in range(5)]
    assert groups(*chain) == {"0": "0", "1": "0", "2": "0", "3": "3", "4": "3"}


# order does not matter

rows = st.builds(
    lambda blocks, day, source, chars: (tuple(sorted(blocks)), day, source, chars),
    st.sets(st.integers(0, 5), min_size=1, max_size=4),
    st.sampled_from([None, *map(days, range(0, 9, 2))]),
    st.sampled_from(["", "Desk", "Wire"]),
    st.integers(1, 3),
)
corpora = st.lists(rows, min_size=2, max_size=10)


def articles_of(drawn):
    return [
        article(f"{n:02}", *blocks, day=day, source=source, chars=chars)
        for n, (blocks, day, source, chars) in enumerate(drawn)
    ]


@settings(max_examples=60, deadline=None)
@given(corpora, st.randoms(use_true_random=False))
def test_any_order_of_adding_gives_the_same_stories(drawn, random):
    articles = articles_of(drawn)
    shuffled = random.sample(articles, len(articles))
    known = Links.none()
    for count in sorted(random.sample(range(1, len(shuffled) + 1), min(3, len(shuffled)))):
        known = links_of(shuffled[:count], known)
    assert groups(*shuffled, known=known) == groups(*articles)


@settings(max_examples=60, deadline=None)
@given(corpora)
def test_links_are_those_of_comparing_every_pair(drawn):
    articles = articles_of(drawn)
    stamps = wordings_of(table(articles))[0].stamps.tolist()
    expected = set()
    for one, other in itertools.combinations(dict(zip(stamps, articles, strict=True)).items(), 2):
        if alike(one[1], other[1]):
            expected.add(tuple(sorted((one[0], other[0]))))
    assert set(map(tuple, links_of(articles).pairs.tolist())) == expected


def alike(one, other):
    """The rule in words, without an index."""
    both_dated = one["date"] and other["date"]
    if both_dated and abs(one["date"] - other["date"]).days > WINDOW_DAYS:
        return False
    hashes, other_hashes = (read_fingerprint(wording["fingerprint"])[1] for wording in (one, other))
    below = min(threshold(one), threshold(other))
    shared = len(set(hashes.tolist()) & set(other_hashes.tolist()))
    shorter = min((hashes < below).sum(), (other_hashes < below).sum())
    least = LEAST_CONTAINED if bool(one["date"]) == bool(other["date"]) else LEAST_CONTAINED_ONE_UNDATED
    if one["source"] and one["source"] == other["source"] and both_dated and one["date"] != other["date"]:
        least = 0.5
    return shared >= LEAST_SHARED and shared >= least * shorter


def threshold(wording):
    count, hashes = read_fingerprint(wording["fingerprint"])
    return int(kept_below(np.array([count]), np.array([len(hashes)]), hashes[-1:])[0])


# kept links


def test_kept_links_are_read_back(corpus):
    corpus.add(reports((1, (1, 2)), (2, (1, 2, 3)), (3, (7, 8))))
    assert keep_links(corpus) == 1
    kept = read_links(corpus.folder)
    assert (len(kept.compared), len(kept.pairs)) == (3, 1)


def test_only_what_is_new_is_compared(corpus, monkeypatch):
    corpus.add(reports((1, (1, 2)), (2, (1, 2, 3))))
    keep_links(corpus)
    monkeypatch.setattr("corpus.links.alike_in", None)  # whatever compares again fails
    assert keep_links(corpus) == 1
    assert CorpusIndex(corpus).counts(MentionFilter()).stories == 1


def test_links_of_removed_articles_go(corpus):
    one, other = reports((1, (1, 2)), (2, (1, 2, 3)))
    corpus.add([one, other])
    keep_links(corpus)
    corpus.remove([other.article.article_id])
    assert keep_links(corpus) == 0


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not parquet at all"])
def test_damaged_links_are_found_again(corpus, content):
    corpus.add(reports((1, (1, 2)), (2, (1, 2, 3))))
    (corpus.folder / LINKS_FILE).write_bytes(content)
    assert CorpusIndex(corpus).counts(MentionFilter()).stories == 1
    assert keep_links(corpus) == 1


def test_links_that_cannot_be_kept_are_told(corpus, monkeypatch):
    corpus.add(reports((1, (1, 2))))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpus.stories.write_beside", full)
    with pytest.raises(CorpusWriteError, match="No space left on device.*the articles are safe"):
        keep_links(corpus)


def test_a_batch_from_before_fingerprints_still_opens(corpus):
    corpus.add(reports((1, (1, 2)), (2, (1, 2, 3))))
    (path,) = corpus.batches()
    pq.write_table(pq.read_table(path).drop_columns(["fingerprint"]), path)
    assert CorpusIndex(corpus).counts(MentionFilter()).stories == 2
    assert keep_links(corpus) == 0


@settings(max_examples=60, deadline=None)
@given(corpora, st.integers(0, 10))
def test_comparing_some_wordings_at_a_time_misses_nothing(drawn, before):
    articles = articles_of(drawn)
    whole = links_of(articles)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.links._AT_ONCE", 2)
        parts = links_of(articles, links_of(articles[:before]))
    assert np.array_equal(parts.pairs, whole.pairs)
