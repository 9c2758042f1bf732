"""Calls: from a web page and from the telephone network."""
