"""From source documents to an index: see pipeline.STEPS for the order of the work."""
