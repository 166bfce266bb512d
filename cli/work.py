"""`fidelio worker`: react to events in a process of its own."""

import signal
import threading

import typer

# what is being sent at a stop is waited for so long; what is cut short is sent again
_PATIENCE_SECONDS = 5.0


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def worker() -> None:
        """React to events, send webhooks, bill members and check pages until stopped; any number may run."""
        from core import logs, migrate
        from core.db import Database
        from core.settings import settings
        from worker.cashier import Cashier
        from worker.courier import Courier
        from worker.inspector import Inspector
        from worker.night import Night
        from worker.reactions import REACTIONS
        from worker.runner import Worker
        from worker.schedule import NIGHTLY

        chosen = settings()
        logs.configure(chosen.log_level, readable=chosen.development)
        migrate.upgrade(chosen.database_url)
        database = Database.open(chosen.database_url)
        running = Worker(database, REACTIONS, Night(NIGHTLY))
        courier, cashier, inspector = Courier(database), Cashier(database), Inspector(database)

        def stop(*_: object) -> None:
            running.stop()
            courier.stop()
            cashier.stop()
            inspector.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        beside = [threading.Thread(target=each.run, daemon=True) for each in (courier, cashier, inspector)]
        for thread in beside:
            thread.start()
        running.run()
        for thread in beside:
            thread.join(_PATIENCE_SECONDS)
        courier.join(_PATIENCE_SECONDS)
