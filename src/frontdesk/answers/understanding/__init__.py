"""Understands text: what a customer wants, what the message names, in which language it is."""
