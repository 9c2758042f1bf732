"""Results that need no simulation: formulas, Markov chains and published figures."""
