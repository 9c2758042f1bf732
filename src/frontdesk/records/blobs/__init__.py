"""Files that people send: their bytes in a blob store, what is known of them in a table."""
