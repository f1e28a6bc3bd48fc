"""A small dump in GeoNames' format, made for these tests, and a server that hands it out as GeoNames does."""

import io
import zipfile

from tests.loopback import LoopbackServer

# geonameid name ascii alternates lat lon class code country admin1 population
FEATURES = [
    (9000001, "Novotestivka", "Нова Тестівка,Новотестівка,NTV", 48.60, 38.60, "P", "PPL", "UA", "05", 312),
    (9000002, "Testohrad", "Тестоград", 49.90, 36.30, "P", "PPLA2", "UA", "07", 61000),
    (9000003, "Testohrad Quarter", "", 49.91, 36.31, "P", "PPLX", "UA", "07", 0),
    (9000004, "Testova River", "", 49.80, 36.20, "H", "STM", "UA", "07", 0),
    (9000005, "Klishchiyivka", "Klishchiivka,Klischejewka Sonderform", 48.5290, 37.9570, "P", "PPL", "UA", "05", 0),
    (9000006, "Klishchiivka", "", 46.00, 31.00, "P", "PPL", "UA", "17", 90),
    (713174, "Bakhmut", "Бахмут,Artemivsk", 48.59, 38.00, "P", "PPL", "UA", "05", 80500),
    (703448, "Kyiv", "Київ,Kiev", 50.45466, 30.5238, "P", "PPLC", "UA", "12", 2797553),
]  # fmt: skip


def line(geonameid, name, alternates, lat, lon, feature_class, code, country, admin1, population):
    """One line of a dump: nineteen columns between tabs."""
    cells = [
        geonameid,
        name,
        name,
        alternates,
        lat,
        lon,
        feature_class,
        code,
        country,
        "",
        admin1,
        "",
        "",
        "",
        population,
    ]
    return "\t".join(map(str, [*cells, "", 120, "Europe/Kyiv", "2025-01-01"])) + "\n"


def dump(code="UA", features=FEATURES, extra=""):
    """The bytes of `UA.zip`, larger than one network packet."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "made for tests\n" * 20_000)
        archive.writestr(f"{code}.txt", "".join(line(*feature) for feature in features) + extra)
    return packed.getvalue()


class DumpServer(LoopbackServer):
    """Serves `files` (name -> bytes) with ETag, ranges and conditions. `cut_at` breaks the next answer off there."""

    def __init__(self, files):
        self.files = dict(files)
        self.version = 1
        self.cut_at = None
        self.ranges = True
        self.requests = []
        super().__init__()

    @property
    def etag(self):
        return f'"v{self.version}"'

    def answer(self, request):
        self.requests.append((request.path, request.headers.get("Range"), request.headers.get("If-None-Match")))
        content = self.files.get(request.path.lstrip("/"))
        if content is None:
            request.send_error(404)
            return
        if request.headers.get("If-None-Match") == self.etag:
            request.send_response(304)
            request.end_headers()
            return
        start, wanted = 0, request.headers.get("Range")
        if self.ranges and wanted and request.headers.get("If-Range") == self.etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(content):
                request.send_error(416)
                return
        request.send_response(206 if start else 200)
        if start:
            request.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        request.send_header("Content-Length", str(len(content) - start))
        request.send_header("ETag", self.etag)
        request.end_headers()
        end, self.cut_at = self.cut_at or len(content), None
        request.wfile.write(content[start:end])
