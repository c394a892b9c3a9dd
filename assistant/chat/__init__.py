"""From a question to a proven answer: see pipeline.STEPS for the order of the work."""
