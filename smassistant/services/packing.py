"""Making the parcel for one account: exactly what was approved, within the place's limits."""

from __future__ import annotations

import hashlib
import io
import struct

from smassistant.context import Context
from smassistant.domain.clips import blur_is_pending
from smassistant.domain.edits import visible_part
from smassistant.domain.pictures import Accounting, Box, Clip, Picture
from smassistant.domain.places import PLACES, Account, Place
from smassistant.domain.posts import Post
from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.ports import MP4, Parcel, ParcelPicture
from smassistant.services.acting import gone


def pack(context: Context, post: Post, account: Account) -> Parcel:
    """The post's text with every picture blurred where it must be and cut to size."""
    place = PLACES[account.place]
    return Parcel(
        post.text, tuple(export_picture(context, picture, place) for picture in post.pictures)
    )


def export_picture(context: Context, picture: Picture, place: Place) -> ParcelPicture:
    """One picture ready to go out: edited, blurs burnt into the pixels, no metadata."""
    if picture.clip is not None:
        return _video(context, picture, picture.clip)
    with context.store.read() as work:
        working = work.photos.get(picture.photo_id)
    if working is None:
        raise gone(_("A picture of this post"))
    if hashlib.sha256(working).hexdigest() != picture.digest:
        raise UserError(
            _("A picture is not the one that was approved."),
            _("The stored file was changed."),
            _("Take it out of the post and add it again."),
        )
    data = context.photos.export(
        working,
        hidden_boxes(picture),
        place.max_picture_edge,
        place.max_picture_bytes,
        picture.edit,
    )
    width, height = jpeg_size(data)
    return ParcelPicture(picture.id, data, width, height, picture.alt_text)


def _video(context: Context, picture: Picture, clip: Clip) -> ParcelPicture:
    """A video ready to go out: byte for byte as it was looked through and approved."""
    with context.store.read() as work:
        data = work.photos.get(clip.video_id)
    if data is None:
        raise gone(_("A video of this post"))
    if hashlib.sha256(data).hexdigest() != clip.digest or blur_is_pending(picture):
        raise UserError(
            _("The video is not the one that was approved."),
            _("The stored file was changed, or somebody in it is not blurred yet."),
            _("Take it out of the post and add it again."),
        )
    return ParcelPicture(picture.id, data, clip.width, clip.height, picture.alt_text, MP4)


def hidden_boxes(picture: Picture) -> tuple[Box, ...]:
    """What has to be made unrecognisable of what the edit leaves: blurred faces and writing."""
    faces = [face.box for face in picture.faces if face.accounting is Accounting.BLURRED]
    words = [writing.box for writing in picture.writing if writing.blurred]
    size = picture.width, picture.height
    return tuple(box for box in (*faces, *words) if visible_part(box, picture.edit, *size))


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels from a JPEG's start-of-frame segment (ITU T.81, B.2.2)."""
    stream = io.BytesIO(data)
    stream.seek(2)
    while True:
        _marker, kind, length = struct.unpack(">BBH", stream.read(4))
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            _precision, height, width = struct.unpack(">BHH", stream.read(5))
            return width, height
        stream.seek(length - 2, io.SEEK_CUR)
