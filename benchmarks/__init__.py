"""One script a question; benchmarks/README.md has the method and the figures."""
