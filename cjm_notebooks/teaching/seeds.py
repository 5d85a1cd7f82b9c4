"""The seed of a learner's data: always the same for one learner, and another for each."""

from __future__ import annotations

import hmac

from cjm_notebooks.errors import ParameterError

PUBLIC = b"public"
BYTES = 4


def seed_of(course: str, exercise: str, student: str, secret: bytes | None = None) -> int:
    """A number from 0 to 4,294,967,295, which anyone can work out unless there is a `secret`.

    Raises  ParameterError when the secret is empty
    """
    if secret == b"":
        msg = "The secret is empty. Give one of at least 16 bytes, or none for practice."
        raise ParameterError(msg)
    digest = hmac.digest(secret or PUBLIC, f"{course}:{exercise}:{student}".encode(), "sha256")
    return int.from_bytes(digest[:BYTES], "big")
