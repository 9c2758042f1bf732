"""The API's own settings, apart from what needs them: reading settings must cost nothing."""

from __future__ import annotations

import msgspec

from frontdesk.runtime.rate_limits import RateLimit


class ApiSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The API's own settings."""

    origins: tuple[str, ...] = ()
    """Origins besides its own whose pages may call it."""
    secure_cookies: bool = False
    """Whether browsers reach it by https alone."""
    requests: RateLimit = RateLimit(burst=600, per_minute=6_000)
    """By session or key."""
    sign_ins_by_login: RateLimit = RateLimit(burst=10, per_minute=5)
    """Failed attempts; a success forgets those before it."""
    sign_ins_by_address: RateLimit = RateLimit(burst=60, per_minute=30)
    dry_runs: RateLimit = RateLimit(burst=60, per_minute=120)
    """Explanations look at every agent."""
    look_up_tries: RateLimit = RateLimit(burst=30, per_minute=60)
    """Outside systems are asked."""
