"""Answers what flows ask for outside the kernel: outside systems, knowledge, understanding."""
