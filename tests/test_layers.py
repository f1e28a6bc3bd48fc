"""The import direction of ARCHITECTURE.md: app and pages -> dashboard -> corpus -> extract -> geodata."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ["app", "pages", "dashboard", "corpus", "extract", "geodata"]
MAY_IMPORT = {
    "app": {"pages", "dashboard"},
    "pages": {"dashboard"},
    "dashboard": {"corpus", "extract", "geodata"},
    "corpus": {"extract", "geodata"},
    "extract": {"geodata"},
    "geodata": set(),
}
NETWORK = {"socket", "ssl", "http", "urllib.request", "requests", "httpx", "urllib3", "aiohttp", "ftplib", "geopy"}
NETWORK_FILES = {"geodata/geocoder.py", "extract/readers/url.py"}
STREAMLIT = {"streamlit", "streamlit_folium", "folium"}


def sources() -> list[Path]:
    """Every Python file of the product, tests excluded."""
    files = [ROOT / "app.py"]
    for layer in LAYERS[1:]:
        files += sorted((ROOT / layer).rglob("*.py"))
    return files


def imported(path: Path) -> set[str]:
    """Dotted names of all modules that the file imports, at any depth."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_right_only(path):
    layer = layer_of(path)
    used = {name.split(".")[0] for name in imported(path)} & set(LAYERS) - {layer}
    assert used <= MAY_IMPORT[layer]


def test_streamlit_and_folium_stay_in_the_dashboard():
    offenders = [
        str(path)
        for path in sources()
        if layer_of(path) in ("corpus", "extract", "geodata") and {n.split(".")[0] for n in imported(path)} & STREAMLIT
    ]
    assert offenders == []


def test_duckdb_stays_in_the_corpus():
    offenders = [
        str(path)
        for path in sources()
        if layer_of(path) != "corpus" and any(n.startswith("duckdb") for n in imported(path))
    ]
    assert offenders == []


def test_network_modules_only_where_the_design_allows_them():
    offenders = [
        str(path)
        for path in sources()
        if (relative := path.relative_to(ROOT).as_posix()) not in NETWORK_FILES
        and not relative.startswith("geodata/build/")
        and imported(path) & NETWORK
    ]
    assert offenders == []


def test_only_resources_caches():
    offenders = [
        str(path)
        for path in sources()
        if path.name != "resources.py" and ("st.cache_" in path.read_text(encoding="utf-8"))
    ]
    assert offenders == []


def test_pages_are_short():
    long = {
        path.name: n
        for path in sources()
        if layer_of(path) == "pages" and (n := len(path.read_text().splitlines())) > 120
    }
    assert long == {}
