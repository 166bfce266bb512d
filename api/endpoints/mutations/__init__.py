"""What staff do with webhooks, an act a file. The list is part of the contract's Mutation."""

from typing import Any

from api.endpoints.mutations.create_webhook_endpoint import create_webhook_endpoint
from api.endpoints.mutations.delete_webhook_endpoint import delete_webhook_endpoint
from api.endpoints.mutations.pause_webhook_endpoint import pause_webhook_endpoint
from api.endpoints.mutations.redeliver_webhook import redeliver_webhook
from api.endpoints.mutations.replay_webhook_events import replay_webhook_events
from api.endpoints.mutations.resume_webhook_endpoint import resume_webhook_endpoint
from api.endpoints.mutations.rotate_webhook_secret import rotate_webhook_secret
from api.endpoints.mutations.test_webhook_endpoint import test_webhook_endpoint
from api.endpoints.mutations.update_webhook_endpoint import update_webhook_endpoint

ENDPOINT_MUTATIONS: list[Any] = [
    create_webhook_endpoint,
    delete_webhook_endpoint,
    pause_webhook_endpoint,
    redeliver_webhook,
    replay_webhook_events,
    resume_webhook_endpoint,
    rotate_webhook_secret,
    test_webhook_endpoint,
    update_webhook_endpoint,
]
