"""Times with a zone: which day it is in UTC when it is that time there."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# zones that a name means wherever it is written; IST and the like, which mean several, are not among them
_HOURS = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
    "мск": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "jst": 9,
    "hkt": 8, "sgt": 8, "aest": 10, "aedt": 11,
}  # fmt: skip
_REGIONS = {
    "et": "America/New_York",
    "kyiv": "Europe/Kyiv",
    "kiev": "Europe/Kyiv",
    "київ": "Europe/Kyiv",
    "києв": "Europe/Kyiv",
    "киев": "Europe/Kyiv",
    "moscow": "Europe/Moscow",
    "моск": "Europe/Moscow",
}
_OFFSET = r"[+\u2212-][0-9]{1,2}(?::?[0-9]{2})?(?![0-9:])"
_NAMES = "|".join(sorted(_HOURS, key=len, reverse=True))
_ZONE = (
    rf"(?:(?:utc|gmt)\s*)?(?P<offset>{_OFFSET})|(?P<name>{_NAMES}|et)(?!\w)"
    r"|(?P<region>kyiv|kiev|moscow)\s+time|(?:за|по)\s+(?P<local>київ|києв|киев|моск)\w*(?:\s+(?:час|врем)\w*)?"
)
_TIMED = re.compile(
    r"(?<![0-9:])(?P<hour>[0-2]?[0-9])(?:[:.h](?P<minute>[0-5][0-9]))?(?:[:.][0-5][0-9])?(?:[.,][0-9]+)?"
    rf"\s*(?P<half>[ap]\.?\s?m\b\.?)?\s*\(?(?:{_ZONE})",
    re.IGNORECASE,
)


def utc_day(day: date, *around: str) -> date:
    """The day in UTC, where one of the words `around` the date states a time with its zone; else `day` as it is.

    The first of `around` that states one counts.
    """
    for words in around:
        match = _TIMED.search(words)
        if match is None or (match["minute"] is None and not match["half"]):
            continue
        hour, zone = _hour(match), _zone(match)
        if hour is None or zone is None:
            continue
        local = datetime(day.year, day.month, day.day, hour, int(match["minute"] or 0), tzinfo=zone)
        try:
            return local.astimezone(UTC).date()
        except OverflowError:
            return day
    return day


def _hour(match: re.Match[str]) -> int | None:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        return hour % 12 + 12 * half.startswith("p") if 1 <= hour <= 12 else None
    return hour if hour < 24 else None


def _zone(match: re.Match[str]) -> tzinfo | None:
    if match["offset"]:
        sign, digits = match["offset"][0], match["offset"][1:].replace(":", "")
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        if hours > 14 or minutes > 59:
            return None
        shift = timedelta(hours=hours, minutes=minutes)
        return timezone(shift if sign == "+" else -shift)
    name = (match["name"] or match["region"] or match["local"]).lower()
    return timezone(timedelta(hours=_HOURS[name])) if name in _HOURS else ZoneInfo(_REGIONS[name])
