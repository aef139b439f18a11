"""A series of questions by one asker, readable by whoever holds its token."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Conversation:
    """`token_digest` is the SHA-256 (hex) of the token; the token itself is shown once and never kept."""

    id: uuid.UUID
    collection: str
    token_digest: str

    def opens_with(self, token: str) -> bool:
        """Whether `token` is this conversation's, compared in constant time."""
        return secrets.compare_digest(digest_of(token), self.token_digest)


def new_conversation(collection: str, chosen: str | None = None) -> tuple[Conversation, str]:
    """A conversation and its token (256 bits, URL-safe), which may be chosen elsewhere."""
    token = chosen or secrets.token_urlsafe(32)
    return Conversation(uuid.uuid4(), collection, digest_of(token)), token


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
