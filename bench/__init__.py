"""Repeatable measurements, each against its anchor, in one run."""
