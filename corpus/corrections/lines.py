"""Decisions as lines of JSON, and back: whatever a file holds, a line is a valid decision or says why it is none."""

import json
from collections.abc import Mapping
from datetime import date as Date
from datetime import datetime
from typing import Any

from corpus.corrections.decisions import DecidedPlace, Decision, Target
from corpus.errors import CorrectionError

FORMAT_VERSION = 1
"""Raised when an older Dateline could no longer understand a line."""

MOST_LINE_BYTES = 64_000
_KEYS = {"v", "id", "time", "who", "scope", "action", "target", "value", "why"}
_TARGET_KEYS = {"article": "article_id", "start": "start", "end": "end", "name": "name", "was": "was"}


def to_line(decision: Decision) -> bytes:
    """The decision as one line in UTF-8, its end included."""
    value = decision.value
    record = {
        "v": FORMAT_VERSION,
        "id": decision.id,
        "time": decision.time.isoformat(),
        "who": decision.who,
        "scope": decision.scope,
        "action": decision.action,
        "target": decision.target.to_json(),
        "value": value.to_json() if isinstance(value, DecidedPlace) else str(value) if value is not None else None,
        "why": decision.why,
    }
    # JSON writes line ends as \n; the separators of Unicode would be harmless, but not to every reader of lines
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085").encode() + b"\n"


def from_line(line: bytes) -> Decision:
    """The decision of a line. Raises `CorrectionError`, whatever the line holds."""
    if len(line) > MOST_LINE_BYTES:
        raise CorrectionError(f"it is longer than {MOST_LINE_BYTES:,} bytes, which no decision is")
    try:
        record = json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise CorrectionError("it is not text in UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise CorrectionError(f"it is not a line of JSON ({str(error)[:120]})") from error
    if not isinstance(record, dict):
        raise CorrectionError("it is not a JSON object")
    _check_version(record)
    _refuse_unknown("", record, _KEYS)
    target = _mapping("target", record.get("target", {}))
    _refuse_unknown("target ", target, set(_TARGET_KEYS))
    action = record.get("action")
    return Decision(
        id=record.get("id", ""),
        time=_time(record.get("time")),
        action=action if isinstance(action, str) else str(action),
        scope=record.get("scope") if isinstance(record.get("scope"), str) else "",
        target=Target(**{_TARGET_KEYS[key]: value for key, value in target.items()}),
        value=_value(action, record.get("value")),
        who=record.get("who", ""),
        why=record.get("why", ""),
    )


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is not a number")


def _check_version(record: Mapping[str, Any]) -> None:
    version = record.get("v")
    if type(version) is not int or version < 1:
        raise CorrectionError("it does not say its format version (v)")
    if version > FORMAT_VERSION:
        raise CorrectionError(f"it was written by a newer Dateline (format {str(version)[:20]}); update Dateline")


def _refuse_unknown(where: str, record: Mapping[str, Any], known: set[str]) -> None:
    if unknown := set(record) - known:
        raise CorrectionError(f"{where}{sorted(unknown)[0][:80]!r}: is not known")


def _mapping(field: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise CorrectionError(f"{field}: {str(value)[:80]!r} is not an object")
    return value


def _time(text: Any) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise CorrectionError(f"time: {str(text)[:80]!r} is not a time such as 2026-11-22T10:00:00+00:00") from error


def _value(action: Any, value: Any) -> Any:
    if action in ("place", "spelling", "new_place"):
        fields = _mapping("value", value)
        _refuse_unknown("place ", fields, set(DecidedPlace.__slots__))
        missing = {"id", "name", "kind", "lat", "lon"} - set(fields)
        if missing:
            raise CorrectionError(f"place {sorted(missing)[0]}: is missing")
        return DecidedPlace(**fields)
    if action == "date" and value is not None:
        try:
            return Date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise CorrectionError(f"value: {str(value)[:80]!r} is not a day such as 2023-01-26") from error
    return value
