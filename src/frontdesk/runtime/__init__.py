"""Drives a centre in real time: one writer, its clock, what follows from events, supervision."""
