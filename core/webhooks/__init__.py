"""Webhooks out: endpoints, what is owed to them, and each attempt. Which events there are is publishing.outward's."""
