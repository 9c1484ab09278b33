"""Looking for faces again after a picture was lit anew: what was too dark shows then (4.1)."""

from __future__ import annotations

from smassistant.context import Context
from smassistant.domain.pictures import FoundFace, Picture
from smassistant.domain.users import User
from smassistant.jobs import Task
from smassistant.services.drafting import read_photo


def look_again(
    context: Context, actor: User, picture: Picture, task: Task | None = None
) -> tuple[FoundFace, ...]:
    """The faces found in the edited picture, in boxes of the picture before its edit."""
    working = read_photo(context, actor, picture.photo_id)
    return context.photos.look_again(working, picture.edit, task)
