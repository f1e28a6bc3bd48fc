"""A server on this machine that answers in Nominatim's `format=json`, notes when it was asked, and can fail."""

import json
import threading
import time
from urllib.parse import parse_qs, urlsplit

from geodata.geocoding_settings import GeocodingSettings
from tests.loopback import LoopbackServer

VILLAGE = {
    "place_id": 100149,
    "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
    "osm_type": "node",
    "osm_id": 337654321,
    "lat": "48.6012345",
    "lon": "38.1112345",
    "class": "place",
    "type": "village",
    "place_rank": 19,
    "importance": 0.32,
    "addresstype": "village",
    "name": "Testivka",
    "display_name": "Testivka, Bakhmut Raion, Donetsk Oblast, Ukraine",
    "address": {"village": "Testivka", "state": "Donetsk Oblast", "country": "Ukraine", "country_code": "ua"},
    "boundingbox": ["48.5812345", "48.6212345", "38.0912345", "38.1312345"],
}


class NominatimDouble(LoopbackServer):
    """Known names have one place each; others have none. `failures` holds (status, headers, body) to answer first."""

    def __init__(self, known=("Testivka",)):
        self.known = set(known)
        self.failures = []
        self.delay_seconds = 0.0
        self.arrivals, self.queries, self.agents = [], [], []
        self._lock = threading.Lock()
        super().__init__()

    def answer(self, request):
        query = {name: values[0] for name, values in parse_qs(urlsplit(request.path).query).items()}
        with self._lock:
            self.arrivals.append(time.monotonic())
            self.queries.append(query)
            self.agents.append(request.headers["User-Agent"])
            failure = self.failures.pop(0) if self.failures else None
        time.sleep(self.delay_seconds)
        found = [VILLAGE | {"name": query["q"]}] if query["q"] in self.known else []
        status, headers, body = failure or (200, {}, json.dumps(found))
        request.send_response(status)
        for name, value in {"Content-Type": "application/json; charset=utf-8", **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body.encode())

    def settings(self, **changes):
        """Settings that lead here, quick where a test does not say otherwise."""
        return GeocodingSettings(**{"url": self.url, "interval_seconds": 0.05, **changes})

    def gaps(self):
        """Seconds between one arrival and the next."""
        times = sorted(self.arrivals)
        return [later - earlier for earlier, later in zip(times, times[1:], strict=False)]
