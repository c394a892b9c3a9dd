"""How the index grows: ingest, search, memory and disk at several sizes, over ordinances that a script writes."""
