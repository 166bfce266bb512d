"""The console's pages and acts, one a file. Who may enter and how answers are dressed stand beside this package."""
