"""Whose an address or a stated source name is: outlets by the project's table, other sites by their host.

`data/outlets.csv` is the table: a row an outlet, with its name, other spellings and domains (`;` between them). To
name another outlet, or an outlet otherwise, edit that file; sites in no row are named by their host.
"""

import re
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from extract.dates.date_forms import valid_date
from extract.origin.sources import outlets, source_from_url
from geodata import name_key

_ARCHIVED = re.compile(
    r"https?://web\.archive\.org/web/(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)\d*(?:[a-z]{2}_)?/(?P<inner>https?:/.+)"
)
_MARKS = re.compile(r"\s+[|–—•/-]\s+|\s*::\s*|\s*»\s*|:\s+")
# parts of a feed's or site's title that name no outlet
_GENERAL = frozenset(
    """news feed feeds my reader subscriptions starred favorites
    rss atom home homepage main latest all stories articles headlines world top breaking blog posts
    новини новости стрічка лента головна главная усі всі все останні последние статті статьи публікації публикации
    live updates update video videos photo photos gallery opinion analysis explainer interview article page
    аналітика аналитика відео видео фото інтерв'ю интервью оновлюється обновляется
    сайт офіційний официальный україна украина ukraine війна война war""".split()
)
_OTHER_SCHEME = re.compile(r"\s*(?!https?:)[a-z][a-z0-9+-]*:(?!\d)", re.IGNORECASE)
_FRONT = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
_HOST = re.compile(r"(?=.{4,253}\Z)[\w-]{1,63}(?:\.[\w-]{1,63})*\.[^\W\d_]{2,63}")
_PLATFORMS = frozenset(
    """t.me telegram.me telegram.org x.com twitter.com facebook.com fb.com instagram.com threads.net threads.com
    tiktok.com youtube.com vk.com ok.ru bsky.app medium.com reddit.com dzen.ru""".split()
)
# what stands before an account's name on platforms, and what is no account at all
_STEPS = frozenset(["s", "c", "r", "user", "channel", "profile", "groups", "pages"])
_NO_ACCOUNT = frozenset(
    ["watch", "share", "photo", "story.php", "permalink.php", "p", "reel", "i", "joinchat", "shorts"]
)
_NO_OUTLETS = frozenset(
    """web.archive.org archive.org archive.ph archive.is archive.today archive.md ghostarchive.org perma.cc
    news.google.com google.com feedproxy.google.com feeds.feedburner.com drive.google.com docs.google.com
    webcache.googleusercontent.com bit.ly t.co tinyurl.com ow.ly lnkd.in cutt.ly is.gd goo.gl dropbox.com
    onedrive.live.com localhost example.com example.org example.net""".split()
)


def unarchived(url: str) -> tuple[str, date | None]:
    """The address that a web archive's copy was made of, and the day of the copy; any other address as it is."""
    match = _ARCHIVED.match(url.strip())
    if match is None:
        return url, None
    inner = re.sub(r"^(https?):/+", r"\1://", match["inner"])
    return inner, valid_date(*(int(match[part]) for part in ("year", "month", "day")))


def site_source(url: str) -> str:
    """The outlet of an address: by the table; on a platform host and account (`t.me/name`); else the host without
    `www.`. Empty for archives, shorteners, addresses by number and what is no address."""
    url = unarchived(url)[0]
    if _OTHER_SCHEME.match(url):
        return ""
    known = source_from_url(url)
    if known:
        return known
    try:
        parts = urlsplit(url.strip() if "//" in url else f"//{url.strip()}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    if parts.scheme not in ("", "http", "https") or not _HOST.fullmatch(host):
        return ""
    bare = _FRONT.sub("", host)
    bare = bare if "." in bare else host
    if bare in _NO_OUTLETS:
        return ""
    return _account(bare, parts.path) if bare in _PLATFORMS else bare


def _account(host: str, path: str) -> str:
    steps = [step for step in path.split("/") if step]
    if steps and steps[0].lower() in _STEPS:
        steps = steps[1:]
    if not steps or steps[0].lower() in _NO_ACCOUNT or not re.fullmatch(r"@?[\w.-]{2,64}", steps[0]):
        return host
    return f"{host}/{steps[0]}"


def outlet_in_title(title: str) -> str:
    """The outlet in the title of a feed or site: of `News | The Paper`, `The Paper`; empty when it names none."""
    parts = [part.strip() for part in _MARKS.split(title) if part.strip()]
    for part in (title.strip(), *parts):
        if known_outlet(part):
            return known_outlet(part)
    names = [part for part in parts if not _GENERAL.issuperset(part.casefold().split())]
    return names[0] if len(names) == 1 else " ".join(title.split()) if names else ""


def is_platform(url: str) -> bool:
    """Whether the address is one of a platform, where accounts publish and not the site."""
    host, _, _ = site_source(url).partition("/")
    return host in _PLATFORMS


def outlet_named(name: str) -> str:
    """A stated source by its name in the table: other spellings and domains of an outlet are that outlet. A name that
    is not there, or could be several outlets', stays as it is."""
    words = " ".join(name.split())
    host = words.removeprefix("https://").removeprefix("http://").rstrip("/")
    # "U.S.News" looks like a host but is written like a name
    if _HOST.fullmatch(host) and (host.islower() or host != words):
        return site_source(words) or words
    return known_outlet(words) or source_from_url(words) or words


def known_outlet(name: str) -> str:
    """The table's name of an outlet, by any of its spellings; empty when it is none of the table's or ambiguous."""
    return _by_key().get(name_key(name).removeprefix("the "), "")


@cache
def _by_key() -> dict[str, str]:
    names: dict[str, str] = {}
    ends: dict[str, set[str]] = {}
    for outlet in outlets():
        for spelling in outlet.spellings:
            key = name_key(spelling).removeprefix("the ")
            names.setdefault(key, outlet.name)
            for word in {key.split(" ")[0], key.split(" ")[-1]}:
                ends.setdefault(word, set()).add(outlet.name)
    # "ABC" may be ABC News or ABC Australia, "Times" that of London or of New York
    own = {name_key(outlet.name) for outlet in outlets()}
    return {key: name for key, name in names.items() if key in own or " " in key or len(ends[key]) == 1}
