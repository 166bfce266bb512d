"""What authors and moderators do, an act a file. The list is part of the contract's Mutation."""

from typing import Any

from api.ugc.mutations.create_upload import create_upload
from api.ugc.mutations.edit_review import edit_review
from api.ugc.mutations.moderate_photo import moderate_photo
from api.ugc.mutations.moderate_review import moderate_review
from api.ugc.mutations.submit_review import submit_review
from api.ugc.mutations.undo_moderation import undo_moderation
from api.ugc.mutations.withdraw_review import withdraw_review

REVIEW_MUTATIONS: list[Any] = [
    create_upload,
    edit_review,
    moderate_photo,
    moderate_review,
    submit_review,
    undo_moderation,
    withdraw_review,
]
