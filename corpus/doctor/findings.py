"""What a check says."""

from dataclasses import dataclass

FAILS, WARNS, NOTE = "fails", "warns", "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `what` it is, `why` it matters, the `way_out`. `level` is `FAILS` (the deployed app would not
    work, or would publish a secret), `WARNS` (it may not) or `NOTE`."""

    level: str
    what: str
    why: str = ""
    way_out: str = ""
