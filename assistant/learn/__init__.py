"""The course for new staff: lessons with their sources, questions that are marked and explained, progress, certificate."""
