"""Answers questions from the knowledge articles."""
