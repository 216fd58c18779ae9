"""The names of settings that no spec has, since they would hold a secret."""

_WORDS = ("password", "token", "secret", "passwd", "credential")


def is_secret(key: str) -> bool:
    """Whether a key that the spec doesn't have is meant to hold a secret."""
    return any(word in key.lower() for word in _WORDS)
