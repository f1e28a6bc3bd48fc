"""What tests need to know of the bundled sample corpus."""

from corpus import Corpus, CorpusIndex, MentionFilter
from tests.browser.conftest import SAMPLE


def longest_article() -> str:
    """The id of the sample's article with the most mentions."""
    with CorpusIndex(Corpus(SAMPLE)) as index:
        rows = index.article_rows(MentionFilter())
    return rows.sort_values(["mentions", "article_id"]).iloc[-1]["article_id"]
