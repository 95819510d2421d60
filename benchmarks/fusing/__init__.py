"""The parts of `./bin/bench fusion`."""
