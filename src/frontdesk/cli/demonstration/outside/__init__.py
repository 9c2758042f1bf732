"""The shop's own systems, invented too: a small HTTP service that the demo's look-ups ask."""
