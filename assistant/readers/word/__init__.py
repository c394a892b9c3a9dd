"""Word files: the check of the package, automatic numbers, and the text with the place of each character."""
