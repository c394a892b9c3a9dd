"""Checks of a brief or a document: one file a topic, `check_x(paper) -> list[Finding]`, its word patterns in a toml beside it."""
