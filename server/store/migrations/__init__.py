"""The steps from one schema of the database to the next; `versions/` holds them, `make migration` writes them."""
