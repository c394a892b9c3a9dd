"""Checks of a brief or a document: each looks for one code of drafts.Code in a Paper."""
