"""How long a contact that waits will wait: several answers to one question, and how sure each is.

A `Situation` is what is known when the question is asked. An estimator makes one number of it
(`points`). `ratios` learns how real waits compare with such a number and makes a range of it; until
it has learnt, the range is that of a law (`ranges`). `said` is what a customer is told of a range.

The kernel announces the Markov estimate with learnt ratios: of all here it errs least and its range
is the only one that keeps its promise when service times, priorities and staffing are not those of
the model (`bench/expected_wait.py`; docs/performance.md has the figures).
"""
