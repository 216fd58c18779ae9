"""The whole way of a login: ingress, the login proxy, an OpenID Connect issuer of a private authority, and MLflow."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest

from . import images
from .container import Image, Pod, Running, run_container
from .ingress import ingress
from .kubelet import Kubelet
from .login_proxy import login_image
from .network import Network, network
from .rendered import compile_and_render
from .stack import Stack

if TYPE_CHECKING:
    from .issuer import Issuer

URL = "https://id.example.com/realms/ml"
SPEC = f"""
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
database: {{engine: sqlite}}
hdfs: {{nameNode: "hdfs://10.0.0.1:8020"}}
client: {{enabled: false}}
server:
  ingress: {{host: mlflow.example.com, tlsSecret: mlflow-tls}}
  loginProxy:
    issuer: {URL}
    clientId: mlflow
    emailDomains: [example.com]
    audiences: [ml-jobs]
    ca: {{secret: company-ca, key: company.pem}}
networkPolicies: {{ingressNamespaces: [ingress-nginx], login: [203.0.113.0/24]}}
environments: {{prod: {{}}}}
"""
HOST = "mlflow.example.com"
SEARCH = "/api/2.0/mlflow/experiments/search?max_results=1"


@dataclass(slots=True)
class Browser:
    """Follows links and keeps cookies; its requests come from the node, by the names of the ingress and the issuer.

    Attributes:
        network: Joins what it visits.
        addresses: Address by host.
        cookies: By their names, those of the ingress host.
        visited: Every address since the last call.
    """

    network: Network
    addresses: Mapping[str, str]
    cookies: dict[str, str] = field(default_factory=dict)
    visited: list[str] = field(default_factory=list)

    def get(self, url: str, *, follow: bool = True, token: str = "") -> tuple[int, str]:
        """The status and text of a page, at most ten links away."""
        self.visited = []
        for _ in range(10):
            self.visited.append(url)
            status, location, text = self.network.node.run(lambda url=url: self._once(url, token))
            if not follow or status not in (301, 302, 303, 307):
                return status, text
            url = urljoin(url, location)
        raise AssertionError(f"no end of links: {self.visited}")

    def _once(self, url: str, token: str) -> tuple[int, str, str]:
        parts = urlsplit(url)
        host = parts.hostname or ""
        context = ssl._create_unverified_context()  # noqa: S323, SLF001  who is who is not what is tried
        address = self.addresses[host]
        headers = {"Host": host, "Accept": "text/html"}
        if host == HOST and self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if token:
            headers["Authorization"] = f"Bearer {token}"
        with closing(http.client.HTTPSConnection(address, 443, timeout=30, context=context)) as connection:
            connection.request("GET", url.split(host, 1)[1] or "/", headers=headers)
            answer = connection.getresponse()
            if host == HOST:
                for line in answer.headers.get_all("Set-Cookie", []):
                    self._keep(line)
            return answer.status, answer.headers.get("Location", ""), answer.read().decode(errors="replace")

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            assert morsel["secure"], line
            assert morsel["httponly"], line
            self.cookies.pop(name, None)
            if morsel.value:
                self.cookies[name] = morsel.value


@dataclass(slots=True)
class Site:
    """What runs.

    Attributes:
        network: Joins all.
        issuer: Knows who people are.
        proxies: The proxy's pods, each with its container and probes.
        addresses: Of the ingress, which leads to the first proxy, and of the issuer.
    """

    network: Network
    issuer: Issuer
    proxies: list[tuple[Pod, Running, Kubelet]]
    addresses: dict[str, str]

    def browser(self) -> Browser:
        """One that was never here."""
        return Browser(self.network, self.addresses)


@pytest.fixture(scope="module")
def site(compiled: Path, server_image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    from .issuer import issuer  # noqa: PLC0415  its library comes with the extra `e2e`

    folder = tmp_path_factory.mktemp("login")
    prod = compile_and_render(SPEC, folder / "compiled", "prod")
    image = images.variant(
        server_image, compiled / "images/server", prod.images / "server", folder / "packages"
    )
    pod_spec = prod.pod("login")
    (container,) = pod_spec["containers"]
    (secret,) = (one for one in prod.all("Secret") if one["metadata"]["name"].startswith("login-secrets"))
    word = base64.b64decode(secret["data"]["OAUTH2_PROXY_CLIENT_SECRET"]).decode()
    with network() as joined, ExitStack() as running:
        machine = joined.machine("203.0.113.10")
        known = running.enter_context(
            issuer(machine, URL, ("mlflow", word), f"https://{HOST}/oauth2/callback", folder)
        )
        authority = {"company.pem": base64.b64encode(known.authority).decode()}
        company = {"kind": "Secret", "metadata": {"name": "company-ca"}, "data": authority}
        prod = replace(prod, objects=(*prod.objects, company))
        stack = Stack(joined, folder / "pods")
        (server,) = running.enter_context(stack.servers(prod, image, 1))
        server.kubelet.wait_until_started()
        server.kubelet.wait_until_ready()
        names = {**stack.services, "id.example.com": machine.address}
        proxies = []
        for _ in range(2):
            pod = stack.pod(prod, pod_spec, joined.pod(), names)
            program = running.enter_context(run_container(pod, login_image(), container))
            proxies.append((pod, program, Kubelet(joined, pod, container, program)))
        for _, _, kubelet in proxies:
            kubelet.wait_until_ready(60)
        (rendered,) = prod.all("Ingress")
        backend = rendered["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
        assert backend["name"] == "mlflow-login"
        way = ingress(joined, rendered, proxies[0][0].host.address, 4180, folder)
        yield Site(
            joined, known, proxies, {HOST: running.enter_context(way), "id.example.com": machine.address}
        )


def test_whoever_comes_is_sent_to_the_issuer_and_back_to_mlflow(site: Site) -> None:
    browser = site.browser()
    status, text = browser.get(f"https://{HOST}/")
    assert status == 200, text
    assert "<title>MLflow</title>" in text
    assert [urlsplit(url).hostname for url in browser.visited[:3]] == [HOST, "id.example.com", HOST]
    # The session is a cookie: no second login, neither for a page nor for the API.
    assert browser.get(f"https://{HOST}{SEARCH}", follow=False)[0] == 200
    # With the ingress's own headers it must fit what nginx takes of one answer.
    assert sum(len(value) for value in browser.cookies.values()) < 3000


def test_either_pod_knows_everybody(site: Site) -> None:
    browser = site.browser()
    assert browser.get(f"https://{HOST}/")[0] == 200
    other = site.proxies[1][0].host.address

    def ask(cookie: str) -> int:
        with closing(http.client.HTTPConnection(other, 4180, timeout=30)) as connection:
            connection.request("GET", SEARCH, headers={"Host": HOST, "Cookie": cookie})
            return connection.getresponse().status

    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    assert site.network.node.run(lambda: ask(cookie)) == 200
    assert site.network.node.run(lambda: ask("")) == 401


def test_a_mail_address_of_elsewhere_is_not_let_in(site: Site) -> None:
    browser, site.issuer.mail = site.browser(), "eve@example.net"
    try:
        assert browser.get(f"https://{HOST}/")[0] == 403
        assert browser.get(f"https://{HOST}{SEARCH}", follow=False)[0] == 401
    finally:
        site.issuer.mail = "ann@example.com"


def test_programs_are_told_401_and_let_in_by_a_token(site: Site) -> None:
    def status(token: str = "") -> int:
        return site.browser().get(f"https://{HOST}{SEARCH}", follow=False, token=token)[0]

    assert status() == 401
    for audience in ("mlflow", "ml-jobs"):
        assert status(site.issuer.token("job@example.com", audience)) == 200
    refused = [
        site.issuer.token("job@example.com", "another"),
        site.issuer.token("job@example.net", "mlflow"),
        site.issuer.token("job@example.com", "mlflow", exp=1),
        site.issuer.token("job@example.com", "mlflow", iss="https://id.example.net"),
    ]
    assert [status(token) for token in refused if status(token) < 400] == []


def test_the_probes_pass_and_a_stopped_pod_ends(site: Site) -> None:
    pod, running, kubelet = site.proxies.pop()
    assert not kubelet.probe("readiness")
    assert not kubelet.probe("liveness")
    running.terminate()
    assert running.wait(pod.spec["terminationGracePeriodSeconds"]) == 0


def test_what_is_answered_is_json_of_mlflow_s(site: Site) -> None:
    token = site.issuer.token("job@example.com", "ml-jobs")
    status, text = site.browser().get(f"https://{HOST}{SEARCH}", token=token)
    assert status == 200
    assert json.loads(text)["experiments"][0]["name"] == "Default"
