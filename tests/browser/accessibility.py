"""What axe-core says of a page: the rules of accessibility that it finds broken."""

from typing import Any

# The map's frame is the one part that Streamlit gives no name of ours; tables and cards say all that it says.
OUTSIDE = {"exclude": [["iframe"]]}
GRAVE = ("serious", "critical")
# Only moderate to axe, but the way in which a screen reader leads through a page.
ALSO = ("heading-order",)


def broken_rules(page: Any) -> list[str]:
    """One line for each element that breaks a rule gravely: the rule, the element's beginning, what is wrong."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=OUTSIDE, options={"iframes": False, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['html'][:160]} ({_why(node)})"
        for rule in found.response["violations"]
        if rule["impact"] in GRAVE or rule["id"] in ALSO
        for node in rule["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return checks[0]["message"][:200] if checks else ""
