"""Tells before a start that a port is somebody else's. Listening is the servers'."""

import socket
from collections.abc import Sequence

import typer


def stop_if_taken(host: str, ports: Sequence[int]) -> None:
    """Exit code 1, and what to do, when something listens on one of the ports already."""
    for port in ports:
        if not _is_free(host, port):
            typer.echo(
                f"Port {port} is in use. Stop what listens there, or choose another: make serve PORT={port + 100}",
                err=True,
            )
            raise typer.Exit(1)


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        # as servers do: a port that is only waiting out its last connections is free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
