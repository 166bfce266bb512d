"""Events as they are told outside: names, data and JSON. Sending is core.webhooks' and the worker's."""
