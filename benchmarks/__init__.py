"""Our figures beside those of the peers; `python -m benchmarks` runs them."""
