"""SHA-256 of Python's own: `hashlib` would load all of OpenSSL, 3 ms at every start, to hash a few kilobytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        from _sha2 import sha256
    except ImportError:
        try:
            from _sha256 import sha256  # Python 3.11
        except ImportError:
            from hashlib import sha256  # a Python that leaves it to OpenSSL

__all__ = ["sha256"]
