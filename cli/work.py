"""`fidelio worker`: react to events in a process of its own."""

import signal

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def worker() -> None:
        """React to events until stopped; any number may run beside the servers."""
        from core import logs, migrate
        from core.db import Database
        from core.settings import settings
        from worker.night import Night
        from worker.reactions import REACTIONS
        from worker.runner import Worker
        from worker.schedule import NIGHTLY

        chosen = settings()
        logs.configure(chosen.log_level, readable=chosen.development)
        migrate.upgrade(chosen.database_url)
        running = Worker(Database.open(chosen.database_url), REACTIONS, Night(NIGHTLY))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: running.stop())
        running.run()
