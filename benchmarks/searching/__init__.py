"""A generated catalog of any size, and what `./bin/bench search` measures on it."""
