"""Mirrors src; conformance/ holds one suite per port, journeys/ drives the whole program."""
