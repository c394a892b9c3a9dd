"""What operators see, as data: the pages and the routes of /admin show the same."""
