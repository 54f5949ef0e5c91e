"""Where in a sheet the figures of a table begin and end, and which of its columns hold them."""
