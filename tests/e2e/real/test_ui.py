"""MLflow's page in a browser that knows the stack by the host of its Ingress only."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import Site
from .ingress import ingress

MAKE_AN_EXPERIMENT = """
import mlflow
mlflow.set_experiment("seen-in-a-browser")
"""


@pytest.fixture
def address(site: Site, tmp_path: Path) -> str:
    """Where the ingress host is served."""
    (rendered,) = site.prod.all("Ingress")
    (path,) = rendered["spec"]["rules"][0]["http"]["paths"]
    service = site.prod.one("Service", path["backend"]["service"]["name"])
    (port,) = (
        p["port"] for p in service["spec"]["ports"] if p["name"] == path["backend"]["service"]["port"]["name"]
    )
    backend = site.stack.services[service["metadata"]["name"]]
    return site.resources.enter_context(ingress(site.stack.network, rendered, backend, port, tmp_path))


def test_the_page_shows_the_experiments(site: Site, address: str, tmp_path: Path) -> None:
    site.stack.client(site.dev, site.client_image, MAKE_AN_EXPERIMENT)
    host = site.prod.all("Ingress")[0]["spec"]["rules"][0]["host"]
    shot = tmp_path / "page.png"
    page = _chromium(site, address, host, tmp_path, "--dump-dom")
    # The list comes by a POST, which the server takes only from an origin that it was told of.
    assert "seen-in-a-browser" in page
    _chromium(site, address, host, tmp_path, f"--screenshot={shot}", "--window-size=1400,900")
    # A blank page of this size compresses to a tenth of that.
    assert shot.stat().st_size > 30_000


def _chromium(site: Site, address: str, host: str, folder: Path, *mode: str) -> str:
    browser = shutil.which("chromium")
    assert browser, "chromium is missing: apt-get install chromium"
    flags = [
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        # The certificate is one that nobody signed.
        *("--ignore-certificate-errors", "--virtual-time-budget=60000", "--hide-scrollbars"),
        *(f"--host-resolver-rules=MAP {host} {address}", f"--user-data-dir={folder / 'profile'}"),
    ]
    enter = ["nsenter", f"--net={site.stack.network.node.namespace}"]
    command = [*enter, browser, *flags, *mode, f"https://{host}/#/experiments"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=240).stdout
