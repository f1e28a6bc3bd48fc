"""Random sequences of decisions: replaying a file comes to what applying them live came to; merging has no direction.

10,000 histories are drawn: 200 examples of 50 each, on states. The index, which is slower, is taken through 8 more.
"""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Corpus, CorpusIndex, MentionFilter
from corpus.corrections.file import CorrectionsFile, HeldCorrections, merge, read_corrections, standing
from corpus.events import summary
from tests.corpus.corpus_samples import FOUR, PLACES
from tests.corpus.decision_samples import random_decision, random_sequence

EXAMPLES, SEQUENCES = 200, 50
SETTINGS = settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
ANY = MentionFilter(roles=(), statuses=())


@SETTINGS
@given(seed=st.integers(0, 2**32))
def test_states_and_merges(seed):
    rnd = random.Random(seed)
    for _ in range(SEQUENCES):
        one_sequence(rnd)


def one_sequence(rnd: random.Random) -> None:
    """A history that two reviewers share, then what each decides apart from the other."""
    shared = random_sequence(rnd, 4)
    mine, theirs = list(shared), list(shared)
    for side in (mine, theirs):
        for _ in range(rnd.randint(0, 4)):
            side.append(random_decision(rnd, side))
    live = HeldCorrections()
    for decision in mine:
        live.append([decision])
    assert read_corrections(live.dump()).state == live.read().state == standing(rnd.sample(mine, len(mine)))

    one, other = merge(mine, theirs), merge(theirs, mine)
    assert bool(one.conflicts) == bool(other.conflicts)
    merged = [*mine, *one.added]
    if not one.conflicts:
        assert standing(merged) == standing([*theirs, *other.added])
    again = merge(merged, theirs)
    assert again.added == ()
    assert len(again.conflicts) == len(one.conflicts)
    both = merge(mine, theirs, later_wins=True), merge(theirs, mine, later_wins=True)
    assert standing([*mine, *both[0].added]) == standing([*theirs, *both[1].added])


def answers(index: CorpusIndex) -> list:
    """What an index shows, in plain values."""
    article_ids = [one.article.article_id for one in FOUR]
    places = index.places(ANY).astype(object).where(lambda frame: frame.notna(), None).values.tolist()
    rows = index.article_rows(ANY).astype({"date": str, "cites": str}).values.tolist()
    events = [summary(index, ANY, place_id).astype(str).values.tolist() for place_id, *_ in PLACES.values()]
    return [
        index.version,
        index.counts(ANY),
        index.counts(MentionFilter()),
        index.facets(),
        places,
        rows,
        events,
        index.timeline(ANY).values.tolist(),
        list(index.mention_rows(ANY)),
        [index.article(article_id) for article_id in article_ids],
    ]


@pytest.fixture(scope="module")
def four(tmp_path_factory, opened):
    corpus = Corpus(tmp_path_factory.mktemp("sequences"))
    corpus.add(FOUR)
    return corpus, opened(corpus)


@pytest.mark.parametrize("seed", range(8))
def test_an_index_replayed_answers_as_one_corrected_live(four, gazetteer, seed, tmp_path):
    corpus, live = four
    rnd = random.Random(seed)
    decisions = random_sequence(rnd, 14)
    file = CorrectionsFile(tmp_path)
    at = 0
    while at < len(decisions):
        step = rnd.randint(1, 6)
        file.append(decisions[at : at + step])
        live.follow(file)
        at += step
    with CorpusIndex(corpus, gazetteer=gazetteer, corrections=CorrectionsFile(tmp_path)) as replayed:
        assert answers(live) == answers(replayed)
