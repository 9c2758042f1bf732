"""Touches the outside: one folder a channel, all of the same shape.

`channel.py` is what the composition root makes and what it gets from it: a router, a reconciler,
effects, whatever must run. `routes.py` and `socket.py` are where the provider or the customer comes
in, `frames.py` what they say, `tokens.py` how they prove who they are, `limits.py` every maximum.
The README says what the channel promises.
"""
