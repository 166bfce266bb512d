"""Answers that come one after another: subscriptions over websockets and SSE, and deferred parts over multipart."""
