"""Bluesky: posts are written under a key of our own, so that writing one twice makes one post."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from smassistant.connectors.bluesky_records import POSTS, Keys, post_record, text_mark, timestamp
from smassistant.connectors.bluesky_sessions import Session, Sessions
from smassistant.connectors.http import Answer, Http
from smassistant.connectors.refusals import refusal
from smassistant.domain.places import Account
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.jobs import Task
from smassistant.ports import (
    Parcel,
    ParcelPicture,
    Sent,
    SurelyRefused,
    TryLater,
    Uncertain,
)

TITLE = "Bluesky"
# A video of 100 MB on a slow line; the delivery's lease, renewed before and after, lasts longer.
UPLOADING = 270.0
_REFUSING = frozenset({400, 401, 403, 404, 413})


class Bluesky:
    """Publishes to a Bluesky account; its secret is an app password, never the main one.

    The marker holds `rkey` (the record's key), `created_at` and `text_mark`. Reading the key
    back proves presence and absence, so an uncertain post can always be settled.
    """

    key = "bluesky"
    title = TITLE
    by_hand = False

    def __init__(self, http: Http | None = None) -> None:
        """`http` is given by tests, with shorter time limits."""
        self._http = http or Http(TITLE)
        self._sessions = Sessions(self._http)
        self._keys = Keys()

    def identify(self, account: Account, secret: str) -> str:
        """The account's handle, after a new sign-in (a server allows 30 in five minutes)."""
        return self._sessions.sign_in(account, secret).handle

    def marker(self, parcel: Parcel, account: Account, now: datetime) -> Mapping[str, str]:
        """The post's key and creation time, fixed before sending; no network."""
        return {
            "rkey": self._keys.next(now),
            "created_at": timestamp(now),
            "text_mark": text_mark(parcel.text),
        }

    def upload(self, picture: ParcelPicture, account: Account, secret: str, task: Task) -> str:
        """Upload a JPEG or MP4; the answer is the blob reference, as JSON. The server forgets a
        picture that no post uses within hours."""
        _session, answer = self._sessions.call(
            account,
            secret,
            lambda session: self._http.post(
                f"{session.server}/xrpc/com.atproto.repo.uploadBlob",
                picture.data,
                picture.mime,
                session.access,
                task,
                seconds=UPLOADING if picture.is_video else None,
            ),
        )
        blob = answer.content.get("blob")
        if answer.status == 200 and _is_blob(blob):
            return json.dumps(blob)
        raise self._error(answer)

    def send(
        self,
        parcel: Parcel,
        account: Account,
        secret: str,
        marker: Mapping[str, str],
        parts: Mapping[str, str],
    ) -> Sent:
        """Write the post under the marker's key. Pictures that the server has forgotten since
        their upload are uploaded again, which gives the same references."""
        if marker["text_mark"] != text_mark(parcel.text):
            raise SurelyRefused(
                _("The text is no longer the one that was prepared for sending."),
                next_step=_("Schedule the post again."),
            )
        blobs = [_read_blob(parts.get(picture.id, "")) for picture in parcel.pictures]

        def put(session: Session) -> Answer:
            return self._put(session, parcel, marker, blobs)

        session, answer = self._sessions.call(account, secret, put)
        if answer.content.get("error") == "BlobNotFound":
            for picture in parcel.pictures:
                self.upload(picture, account, secret, Task())
            session, answer = self._sessions.call(account, secret, put)
        if answer.status == 200:
            return self._confirmed(session, answer, marker["rkey"])
        raise self._error(answer, publishes=True)

    def find(self, account: Account, secret: str, marker: Mapping[str, str]) -> Sent | None:
        """Read the post's key back: RecordNotFound from the account's own server is proof of
        absence; whatever else keeps it from answering raises Uncertain."""
        trouble: UserError
        try:
            session, answer = self._sessions.call(
                account, secret, lambda session: self._read(session, marker["rkey"])
            )
        except (SurelyRefused, TryLater) as error:
            trouble = error
        else:
            if answer.status == 200:
                return self._confirmed(session, answer, marker["rkey"])
            if answer.status == 400 and answer.content.get("error") == "RecordNotFound":
                return None
            trouble = self._error(answer)
        raise Uncertain(
            _("{place} could not be asked whether it published the post.").format(place=TITLE),
            trouble.title,
            trouble.next_step,
        )

    def remove(self, account: Account, secret: str, remote_id: str) -> None:
        """Take the post down; safe to repeat, and no error for one that is already gone."""
        key = remote_id.rpartition("/")[2]
        _session, answer = self._sessions.call(
            account, secret, lambda session: self._delete(session, remote_id, key)
        )
        if answer.status != 200:
            raise self._error(answer)

    def _put(
        self,
        session: Session,
        parcel: Parcel,
        marker: Mapping[str, str],
        blobs: Sequence[Mapping[str, Any]],
    ) -> Answer:
        def resolve(handle: str) -> str | None:
            return self._resolve(session, handle)

        record = post_record(parcel, marker["created_at"], blobs, resolve)
        return self._http.post(
            f"{session.server}/xrpc/com.atproto.repo.putRecord",
            _json(repo=session.did, collection=POSTS, rkey=marker["rkey"], record=record),
            token=session.access,
            publishes=True,
        )

    def _read(self, session: Session, key: str) -> Answer:
        return self._http.get(
            f"{session.server}/xrpc/com.atproto.repo.getRecord",
            {"repo": session.did, "collection": POSTS, "rkey": key},
            session.access,
        )

    def _delete(self, session: Session, remote_id: str, key: str) -> Answer:
        if remote_id != session.uri(key):
            raise SurelyRefused(
                _("This post does not belong to the connected account."),
                next_step=_("Remove it on {place} by hand.").format(place=TITLE),
            )
        return self._http.post(
            f"{session.server}/xrpc/com.atproto.repo.deleteRecord",
            _json(repo=session.did, collection=POSTS, rkey=key),
            token=session.access,
        )

    def _resolve(self, session: Session, handle: str) -> str | None:
        """The id of the account that a mention names; a mention is not worth failing a post."""
        url = f"{session.server}/xrpc/com.atproto.identity.resolveHandle"
        try:
            did = self._http.get(url, {"handle": handle}).content.get("did")
        except TryLater:
            return None
        return did if isinstance(did, str) and did.startswith("did:") else None

    def _confirmed(self, session: Session, answer: Answer, key: str) -> Sent:
        """Proof of the post; an answer that names another one or none proves nothing."""
        uri = answer.content.get("uri")
        if uri != session.uri(key) or not answer.content.get("cid"):
            raise self._http.uncertain()
        return Sent(session.uri(key), session.address(key))

    def _error(self, answer: Answer, publishes: bool = False) -> UserError:
        """What an answer other than success means; only the server's own refusal is certain."""
        refused = answer.status in _REFUSING and "error" in answer.content
        if refused or answer.status == 429:
            return _too_big(answer) or refusal(answer, TITLE, datetime.now(UTC))
        if publishes:
            return self._http.uncertain()
        if answer.status >= 500:
            return refusal(answer, TITLE, datetime.now(UTC))
        return self._http.unreachable()  # something in between answered, not the server


def _json(**content: object) -> bytes:
    return json.dumps(content).encode()


def _is_blob(blob: object) -> bool:
    reference = blob.get("ref") if isinstance(blob, dict) else None
    return isinstance(reference, dict) and isinstance(reference.get("$link"), str)


def _read_blob(part: str) -> dict[str, Any]:
    """The blob reference that `upload` gave."""
    try:
        blob = json.loads(part)
    except ValueError:
        blob = None
    if isinstance(blob, dict) and _is_blob(blob):
        return blob
    raise SurelyRefused(
        _("A picture has not been uploaded to {place} yet.").format(place=TITLE),
        next_step=_("Send the post again."),
    )


def _too_big(answer: Answer) -> UserError | None:
    """The server's commonest refusals, in words that say what to change."""
    message = str(answer.content.get("message", ""))
    if "too big" not in message:
        return None
    if "record.text" in message:
        return SurelyRefused(
            _("The text is too long for {place}.").format(place=TITLE),
            next_step=_("Shorten the text and send the post again."),
        )
    if "record.embed.video" in message:
        return SurelyRefused(
            _("The video is too large for {place}.").format(place=TITLE),
            next_step=_("Cut the video and send the post again."),
        )
    if "record.embed.images" in message:
        return SurelyRefused(
            _("There are too many pictures for {place}, or one is too large.").format(place=TITLE),
            next_step=_("Take a picture out and send the post again."),
        )
    return None
