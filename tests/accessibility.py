"""axe-core in a page: what it finds that is serious or critical. `npm install --prefix tests` brings it (make test-browser does)."""

from typing import Any

from playwright.sync_api import Page

from settings import CHECKOUT

AXE = CHECKOUT / "tests" / "node_modules" / "axe-core" / "axe.min.js"


def faults(page: Page) -> list[str]:
    """Each serious or critical fault with the first places that have it. Fails, and does not skip, where axe-core is not installed."""
    assert AXE.exists(), "no axe-core here: npm install --prefix tests"
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"
    )
    return [
        f"{one['impact']} {one['id']}: {[node['target'] for node in one['nodes']][:3]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
