"""An OpenID Connect issuer at an address of its own, whose certificate a private authority signs.

It lets in whoever comes, as the person whom the test names, and is strict with the proxy: one redirect address, the
client's secret, a code once, and PKCE by S256.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from .network import Host


@dataclass(slots=True)
class Issuer:
    """What it knows.

    Attributes:
        url: Its name.
        client: The client's name and secret.
        redirect: Where the proxy wants people back.
        authority: The certificate that signs its own, as PEM.
        mail: The address of whoever logs in next.
        codes: What was given out and not yet taken: the address, the challenge and the nonce by the code.
        people: Address by access token.
    """

    url: str
    client: tuple[str, str]
    redirect: str
    authority: bytes
    mail: str = "ann@example.com"
    codes: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    _key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def token(self, mail: str, audience: str, **claims: Any) -> str:
        """A signed token for a person or a program."""
        now = int(time.time())
        body = {"iss": self.url, "sub": mail, "aud": audience, "email": mail, "email_verified": True}
        body |= {"iat": now, "exp": now + 600, **claims}
        head = {"alg": "RS256", "kid": "one", "typ": "JWT"}
        signed = ".".join(_text(json.dumps(part).encode()) for part in (head, body))
        signature = self._key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{_text(signature)}"

    def get(self, path: str, query: Mapping[str, str], token: str = "") -> tuple[int, Any]:
        """What a page answers: a status, and an object or an address to go to."""
        if path.endswith("/userinfo"):
            mail = self.people.get(token)
            return (200, {"sub": mail, "email": mail, "email_verified": True}) if mail else (401, {})
        if path.endswith("/.well-known/openid-configuration"):
            places = {"authorization": "auth", "token": "token", "userinfo": "userinfo"}
            return 200, {
                "issuer": self.url,
                "jwks_uri": f"{self.url}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                **{f"{name}_endpoint": f"{self.url}/{place}" for name, place in places.items()},
            }
        if path.endswith("/keys"):
            numbers = self._key.public_key().public_numbers()
            key = {"kty": "RSA", "kid": "one", "alg": "RS256", "use": "sig"}
            return 200, {"keys": [{**key, "n": _number(numbers.n), "e": _number(numbers.e)}]}
        if path.endswith("/auth"):
            known = (query["client_id"], query["redirect_uri"]) == (self.client[0], self.redirect)
            if not known or query.get("code_challenge_method") != "S256":
                return 400, {"error": "invalid_request", "query": dict(query)}
            code = secrets.token_urlsafe()
            self.codes[code] = (self.mail, query["code_challenge"], query.get("nonce", ""))
            return 302, f"{self.redirect}?{urlencode({'code': code, 'state': query['state']})}"
        return 404, {}

    def redeem(self, form: Mapping[str, str], client: tuple[str, str]) -> tuple[int, Any]:
        """Changes a code for a token, once and for the one who asked for it."""
        mail, challenge, nonce = self.codes.pop(form.get("code", ""), ("", "", ""))
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if client != self.client or not mail or _text(verifier) != challenge:
            return 400, {"error": "invalid_grant"}
        token = self.token(mail, self.client[0], **({"nonce": nonce} if nonce else {}))
        access = secrets.token_urlsafe()
        self.people[access] = mail
        return 200, {"access_token": access, "token_type": "Bearer", "expires_in": 600, "id_token": token}


@contextmanager
def issuer(host: Host, url: str, client: tuple[str, str], redirect: str, folder: Path) -> Iterator[Issuer]:
    """Serve an issuer on port 443 of a machine.

    Args:
        host: The machine.
        url: The issuer's name, whose host the certificate is for.
        client: The name and secret of the proxy.
        redirect: Where the proxy wants people back.
        folder: Gets the certificate.
    """
    name = urlsplit(url).hostname
    assert name
    authority = _certificates(name, folder)
    found = Issuer(url, client, redirect, authority)
    listener = host.run(lambda: socket.create_server((host.address, 443)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "issuer.pem")
    with ThreadingHTTPServer((host.address, 443), _handler(found), bind_and_activate=False) as server:
        server.socket.close()
        server.socket = context.wrap_socket(listener, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()


def _handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            query = {key: value[0] for key, value in parse_qs(url.query).items()}
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            self._answer(*issuer.get(url.path, query, token))

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {key: value[0] for key, value in parse_qs(text).items()}
            kind, _, given = self.headers.get("Authorization", "").partition(" ")
            if kind == "Basic":
                name, _, word = base64.b64decode(given).decode().partition(":")
                client = unquote(name), unquote(word)
            else:
                client = form.get("client_id", ""), form.get("client_secret", "")
            self._answer(*issuer.redeem(form, client))

        def _answer(self, status: int, answer: Any) -> None:
            body = b"" if isinstance(answer, str) else json.dumps(answer).encode()
            self.send_response(status)
            if isinstance(answer, str):
                self.send_header("Location", answer)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  its name in the base
            pass

    return Handler


def _certificates(host: str, folder: Path) -> bytes:
    """Write the issuer's key and certificate to `issuer.pem`; returns the authority's certificate."""
    now, keys = datetime.now(UTC), [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("a company", host)]

    def made(subject: int, *extensions: x509.ExtensionType) -> x509.Certificate:
        builder = x509.CertificateBuilder(names[0], names[subject], keys[subject].public_key())
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
        for extension in extensions:
            builder = builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        return builder.sign(keys[0], hashes.SHA256())

    authority = made(0, x509.BasicConstraints(ca=True, path_length=0))
    own = made(1, x509.SubjectAlternativeName([x509.DNSName(host)]))
    key = keys[1].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem = serialization.Encoding.PEM
    (folder / "issuer.pem").write_bytes(key + own.public_bytes(pem))
    return authority.public_bytes(pem)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _number(number: int) -> str:
    return _text(number.to_bytes((number.bit_length() + 7) // 8, "big"))
