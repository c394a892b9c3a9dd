"""The pages, one file a page; everything they do the JSON routes can do too."""
