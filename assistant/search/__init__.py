"""From a question to passages and divisions: question → lexical + dense → fuse → passages, divisions."""
