"""Asks outside systems over HTTP and SQL, and says nothing it was not asked for."""
