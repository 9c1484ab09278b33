"""Looking for faces again after a picture was lit anew: what was too dark shows then (4.1)."""

from __future__ import annotations

from smassistant.context import Context
from smassistant.domain.edits import same_place
from smassistant.domain.pictures import Edit, FoundFace, Picture
from smassistant.domain.users import User
from smassistant.jobs import Task
from smassistant.services.drafting import read_photo


def look_again(
    context: Context, actor: User, picture: Picture, before: Edit, task: Task | None = None
) -> tuple[FoundFace, ...]:
    """The faces that show in the edited picture and did not with the edit `before`.

    In boxes of the picture before any edit. What showed before was judged already: somebody said
    who it is, or that it is no face.
    """
    working = read_photo(context, actor, picture.photo_id)
    found = context.photos.look_again(working, picture.edit, task)
    known = context.photos.look_again(working, before, task)
    return tuple(one for one in found if not any(same_place(one.box, old.box) for old in known))
