"""The login proxy's own program, built from its Go module: no registry of images can be reached."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from mlkc.catalog.login import OAUTH2_PROXY

from ..binaries import COMPILER, MEMORY, cache_folder, go, only_one
from .container import Image

_MODULE = "github.com/oauth2-proxy/oauth2-proxy/v7"


def login_image() -> Image:
    """An image with the program of the catalogue's version, which its makers build on an image without a shell."""
    return Image(
        uid=OAUTH2_PROXY.uid,
        user=("nonroot", "/home/nonroot"),
        environment={"PATH": "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"},
        programs=_program(),
        entrypoint=("oauth2-proxy",),
    )


def _program() -> Path:
    version = OAUTH2_PROXY.image.rpartition(":")[2]
    folder = cache_folder() / f"oauth2-proxy-{version}"
    with only_one("oauth2-proxy"):
        if not folder.is_dir():
            new = folder.with_name(f"{folder.name}.new")
            shutil.rmtree(new, ignore_errors=True)
            settings = {
                "GOBIN": str(new),
                "CGO_ENABLED": "0",
                "GOFLAGS": "",
                "GOTOOLCHAIN": "local",
                **MEMORY,
            }
            options = ("-trimpath", f"-gcflags={COMPILER}", "-ldflags=-s -w")
            command = [str(go()), "install", *options, f"{_MODULE}@{version}"]
            subprocess.run(command, env={**os.environ, **settings}, check=True)
            new.rename(folder)
    return folder
