"""The same questions at 20 million mentions, which pandas has no room for. Takes half an hour: only on request."""

from tests.benchmarks.report import Table
from tests.benchmarks.table_questions import measured, memory_table

ON_REQUEST = True
_ARTICLES = 920_000  # of 22 mentions


def tables(scale: float) -> list[Table]:
    """Two tables; `scale` multiplies the number of articles."""
    large = measured(max(int(_ARTICLES * scale), 200), "alone")
    rows = tuple((name, f"{mine:.0f}") for name, (mine,) in large["questions"].items())
    columns = ("", f"{large['mentions']:,} mentions, ms")
    return [Table("Questions of a large corpus", columns, rows, "Median of five on the clock."), memory_table(large)]
