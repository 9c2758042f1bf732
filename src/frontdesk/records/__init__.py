"""Keeps: ordinary relational data that is not live operation."""
