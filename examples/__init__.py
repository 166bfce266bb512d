"""Programs and files that use Fidelio from outside. Nothing here imports its packages."""
