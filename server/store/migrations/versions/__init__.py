"""One file a revision. Never edit one that a release carries; add another."""
