"""Review of a document that somebody brings: reading it, checking it, reporting."""
