"""What the practice network keeps, in memory: one account, its pictures and posts."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from smassistant.practice.rules import POSTS, Refusal, check_key, check_post, refuse

TOKEN_LIFE = 7200.0
_RAW, _CBOR = 0x55, 0x71


@dataclass(frozen=True, slots=True)
class Blob:
    """An uploaded file."""

    data: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Record:
    """A post as it was written: its key, its content id, its fields."""

    key: str
    cid: str
    value: Mapping[str, Any]


class Repository:
    """One account's data, safe on any thread. Raises Refusal for what a real server refuses."""

    def __init__(
        self, handle: str, app_password: str, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.handle = handle
        self.did = "did:plc:" + _base32(hashlib.sha256(handle.encode()).digest())[:24]
        self._password = app_password
        self._monotonic = monotonic
        self._lock = threading.RLock()
        self._access: dict[str, float] = {}
        self._refresh: set[str] = set()
        self._blobs: dict[str, Blob] = {}
        self._posts: dict[str, Record] = {}

    def sign_in(self, identifier: str, password: str) -> dict[str, Any]:
        """A new session for the right name and app password."""
        known = identifier.lower() in {self.handle.lower(), self.did}
        if not hmac.compare_digest(password.encode(), self._password.encode()) or not known:
            raise Refusal(401, "AuthenticationRequired", "Invalid identifier or password")
        return self._session()

    def refresh(self, token: str) -> dict[str, Any]:
        """A new session for a refresh token, which is then used up."""
        with self._lock:
            if token not in self._refresh:
                raise Refusal(400, "ExpiredToken", "Token has been revoked")
            self._refresh.discard(token)
            return self._session()

    def authorize(self, token: str) -> None:
        """Raise unless `token` is a live access token."""
        with self._lock:
            until = self._access.get(token)
        if not token:
            raise Refusal(401, "AuthMissing", "Authentication Required")
        if until is None:
            raise Refusal(400, "InvalidToken", "Token could not be verified")
        if until < self._monotonic():
            raise Refusal(400, "ExpiredToken", "Token has expired")

    def add_blob(self, data: bytes, mime: str) -> dict[str, Any]:
        """Keep an uploaded file; its reference."""
        if not mime:
            raise refuse("Request encoding (Content-Type) required but not provided")
        cid = _cid(_RAW, data)
        with self._lock:
            self._blobs[cid] = Blob(data, mime)
        return {"$type": "blob", "ref": {"$link": cid}, "mimeType": mime, "size": len(data)}

    def blob(self, cid: str) -> Blob:
        """An uploaded file by its content id."""
        with self._lock:
            found = self._blobs.get(cid)
        if found is None:
            raise refuse("Blob not found")
        return found

    def put(self, repo: str, collection: str, key: str, value: Any) -> Record:
        """Write a post under `key`; the same post again changes nothing."""
        self._check_place(repo, collection)
        check_key(key)
        references = list(check_post(value))
        record = Record(key, _cid(_CBOR, json.dumps(value, sort_keys=True).encode()), value)
        with self._lock:
            for reference in references:
                link = str(dict(reference.get("ref") or {}).get("$link"))
                if link not in self._blobs:
                    raise Refusal(400, "BlobNotFound", f"Could not find blob: {link}")
            self._posts[key] = record
        return record

    def get(self, repo: str, collection: str, key: str) -> Record:
        """The post under `key`."""
        self._check_place(repo, collection, "Could not locate record")
        with self._lock:
            record = self._posts.get(key)
        if record is None:
            uri = self.uri(key)
            raise Refusal(400, "RecordNotFound", f"Could not locate record: {uri}")
        return record

    def posts(self) -> list[Record]:
        """All posts, the newest first."""
        with self._lock:
            return sorted(self._posts.values(), key=lambda record: record.key, reverse=True)

    def delete(self, repo: str, collection: str, key: str) -> None:
        """Forget a post; one that is gone already is no error."""
        self._check_place(repo, collection)
        with self._lock:
            self._posts.pop(key, None)

    def uri(self, key: str) -> str:
        """The id of the post under `key`."""
        return f"at://{self.did}/{POSTS}/{key}"

    def _check_place(self, repo: str, collection: str, otherwise: str = "") -> None:
        if repo.lower() not in {self.handle.lower(), self.did}:
            raise (
                refuse(otherwise)
                if otherwise
                else Refusal(401, "AuthenticationRequired", "Authentication Required")
            )
        if collection != POSTS:
            raise refuse(f"The practice network keeps {POSTS} only")

    def _session(self) -> dict[str, Any]:
        access = _token("com.atproto.appPass", self.did)
        refresh = _token("com.atproto.refresh", self.did)
        with self._lock:
            self._access[access] = self._monotonic() + TOKEN_LIFE
            self._refresh.add(refresh)
        names = {"did": self.did, "handle": self.handle, "active": True}
        return {"accessJwt": access, "refreshJwt": refresh, **names}


def _token(scope: str, did: str) -> str:
    """Shaped like a real server's: header, claims, and instead of a signature chance."""
    parts = ({"typ": "at+jwt", "alg": "none"}, {"scope": scope, "sub": did})
    shown = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts]
    return ".".join([*(part.decode() for part in shown), secrets.token_urlsafe(32)])


def _cid(codec: int, data: bytes) -> str:
    """The content id (CID version 1, SHA-256) of `data`."""
    return "b" + _base32(bytes((1, codec, 0x12, 32)) + hashlib.sha256(data).digest())


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()
