"""Holds the real kernel against exact and published results."""
