"""Drives the kernel in virtual time, with synthetic customers and agents."""
