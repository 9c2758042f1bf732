"""Every table of Frontdesk's database, as Alembic migrations.

A migration is a file ``versions/NNNN_what_it_adds.py`` whose revision is its number ``NNNN`` and
whose ``down_revision`` is the number before: one straight line, held by a test. ``migrate`` relies
on it to see without Alembic whether there is anything to do.
"""
