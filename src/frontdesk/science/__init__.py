"""Reckons: the operations science of contact centres. Formulas, chains and their inverses.

Pure: nothing here knows of contacts, agents or journals. Every formula names its source, and its
results are held against published and independently computed figures (`tests/science`).
"""
