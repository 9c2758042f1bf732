"""Tells people outside the desk of what happens in the centre."""
