"""Fetching addresses: what is asked for, and what is never connected to. Traffic goes to loopback alone."""

import gzip
import itertools
import ssl
import time
from datetime import UTC, datetime, timedelta

import pytest

from extract.errors import UnreadableInputError
from extract.readers import FetchPolicy
from extract.readers.url import AGENT, Fetcher
from tests.extract.hostile_site import LOOPBACK, PAGE, answer, opened, redirect, refused


def test_a_page_is_fetched(site, fetcher):
    site.routes["/a"] = answer()
    found = fetcher.fetch(f"{site.url}/a#part")
    assert (found.url, found.media_type, found.charset, found.content) == (f"{site.url}/a", "text/html", "utf-8", PAGE)


def test_the_request_says_who_asks_and_nothing_of_the_person(site, fetcher):
    site.routes["/a"] = answer()
    fetcher.fetch(f"{site.url}/a")
    fields = {line.split(":")[0] for line in site.asked[-1].splitlines()[1:]}
    assert fields == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert f"User-Agent: {AGENT}/" in site.asked[-1]


def test_a_packed_page_is_unpacked(site, fetcher):
    site.routes["/a"] = answer(gzip.compress(PAGE), Content_Encoding="gzip")
    assert fetcher.fetch(f"{site.url}/a").content == PAGE


def test_letters_beyond_ascii_in_an_address_are_encoded(site, fetcher):
    site.routes["/%D0%BC%D1%96%D1%81%D1%82%D0%BE?q=%D1%8F&a=%20"] = answer()
    assert fetcher.fetch(f"{site.url}/місто?q=я&a=%20").content == PAGE


def test_redirects_are_followed_and_the_last_address_is_told(site, fetcher):
    site.routes |= {"/a": redirect("b?x=1"), "/b?x=1": redirect(f"{site.url}/c"), "/c": answer()}
    assert fetcher.fetch(f"{site.url}/a").url == f"{site.url}/c"


@pytest.mark.parametrize(("redirects", "is_read"), [(5, True), (6, False)])
def test_five_redirects_and_no_more(site, fetcher, redirects, is_read):
    site.routes |= {f"/{number}": redirect(f"/{number - 1}") for number in range(1, redirects + 1)}
    site.routes["/0"] = answer()
    if is_read:
        assert fetcher.fetch(f"{site.url}/{redirects}").content == PAGE
    else:
        assert "redirects more than 5 times" in refused(fetcher, f"{site.url}/{redirects}")


def test_a_redirect_loop_ends(site, fetcher):
    site.routes["/a"] = redirect("/a")
    assert "redirects more than" in refused(fetcher, f"{site.url}/a")
    assert site.paths().count("/a") == 6


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://0.0.0.0/",
     "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://[64:ff9b::7f00:1]/", "http://10.0.0.1/",
     "http://100.100.100.200/", "http://2130706434/", "http://0x7f.0.0.2/", "http://127.2/", "https://192.168.1.1/"],
)  # fmt: skip
def test_a_redirect_to_what_is_not_public_is_refused(site, fetcher, target):
    site.routes["/a"] = redirect(target)
    assert "not on the public internet" in refused(fetcher, f"{site.url}/a")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.test/a", "gopher://x.test/", "data:text/html,a"])
def test_a_redirect_to_another_scheme_is_refused(site, fetcher, target):
    site.routes["/a"] = redirect(target)
    told = refused(fetcher, f"{site.url}/a")
    assert "only http and https" in told
    assert target in told


def test_loopback_is_refused_unless_allowed(site):
    assert "not on the public internet" in refused(Fetcher(FetchPolicy()), f"{site.url}/a")
    assert site.asked == []


@pytest.mark.parametrize("addresses", [[LOOPBACK], ["93.184.215.14", LOOPBACK], ["::ffff:127.0.0.1"], []])
def test_a_name_that_leads_inside_is_refused(site, addresses):
    fetcher = Fetcher(FetchPolicy(resolve=lambda host, port: addresses))
    assert "news.test" in refused(fetcher, site.url.replace(LOOPBACK, "news.test"))
    assert site.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(site):
    """A resolver that answers differently when asked again leads nowhere."""
    answers = itertools.chain([[LOOPBACK]], itertools.repeat(["127.0.0.2"]))
    site.routes["/robots.txt"] = answer(b"User-agent: *\nAllow: /\n", Content_Type="text/plain")
    fetcher = opened(resolve=lambda host, port: next(answers))
    assert "not on the public internet" in refused(fetcher, site.url.replace(LOOPBACK, "news.test") + "/a")
    assert site.paths() == ["/robots.txt"]


def test_a_name_is_asked_for_by_its_name(site):
    site.routes["/a"] = answer()
    opened(resolve=lambda host, port: [LOOPBACK]).fetch(site.url.replace(LOOPBACK, "news.test") + "/a")
    assert f"Host: news.test:{site.url.rpartition(':')[2]}\r\n" in site.asked[-1]


def test_a_resolver_that_hangs_is_not_waited_for():
    fetcher = opened(resolve=lambda host, port: time.sleep(5) or [LOOPBACK], step_seconds=0.2)
    assert "did not answer" in refused(fetcher, "http://news.test/", UnreadableInputError)


def test_a_name_that_does_not_exist_is_told():
    def resolve(host: str, port: int) -> list[str]:
        raise OSError(-2, "Name or service not known")

    assert "Name or service not known" in refused(opened(resolve=resolve), "http://news.test/", UnreadableInputError)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://user:secret@127.0.0.1/", "password"),
        ("http://user@127.0.0.1/", "password"),
        ("http://news.test\\@127.0.0.1/", "password"),
        ("ftp://127.0.0.1/", "only http"),
        ("http://127.0.0.1:22/", "port 22"),
        ("http://127.0.0.1:99999/", "understood"),
        ("http:///a", "no host"),
        ("http://[::1", "understood"),
        ("http://[fe80::1%25eth0]/", "understood"),
        (f"http://{'a' * 70}.test/", "understood"),
        ("http://a..test/", "understood"),
        ("http://a b.test/", "no host"),
    ],
)
def test_addresses_that_are_not_asked(url, reason):
    assert reason in refused(opened(), url)


@pytest.fixture
def secure_site(site, tmp_path, monkeypatch):
    """The site behind TLS with a certificate for news.test alone, which this machine trusts."""
    x509 = pytest.importorskip("cryptography.x509", reason="makes the certificate")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .issuer_name(name)
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.test")]), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM
    secret = key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "both.pem").write_bytes(secret + certificate.public_bytes(form))
    (tmp_path / "trusted.pem").write_bytes(certificate.public_bytes(form))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.server.handle_error = lambda *_: None  # a reader that does not trust it hangs up
    site.routes["/a"] = answer()
    return site


def test_a_secure_site_is_asked_by_its_name_at_the_checked_address(secure_site):
    url = secure_site.url.replace(f"http://{LOOPBACK}", "https://news.test")
    assert opened(resolve=lambda host, port: [LOOPBACK]).fetch(f"{url}/a").content == PAGE


@pytest.mark.parametrize("host", ["other.test", LOOPBACK])
def test_a_certificate_for_another_name_is_refused(secure_site, host):
    url = secure_site.url.replace(f"http://{LOOPBACK}", f"https://{host}")
    told = refused(opened(resolve=lambda host, port: [LOOPBACK]), f"{url}/a", UnreadableInputError)
    assert "certificate is not valid" in told
    assert secure_site.asked == []
