"""Files for readers: figures, tables and notebooks, the same bytes at every rebuild."""
