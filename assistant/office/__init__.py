"""Word documents as Japanese offices exchange them: an empty A4 document with its styles and numbers (base/), text with
comments, data that travels inside a file."""
