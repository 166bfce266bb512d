"""The database's history, one numbered revision a file. They run through core.migrate."""
