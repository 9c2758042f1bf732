"""Reports on their way to people: with names for ids, as files, by mail."""
