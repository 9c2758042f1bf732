"""What the API is put together from."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from frontdesk.api.desks import Desks
from frontdesk.api.settings import ApiSettings
from frontdesk.api.stream.hub import StreamHub
from frontdesk.api.stream.walls import Walls
from frontdesk.records.api_keys import ApiKeys
from frontdesk.records.articles import Articles
from frontdesk.records.blobs.library import FileLibrary
from frontdesk.records.changes import RecordChanges
from frontdesk.records.flow_drafts import FlowDrafts
from frontdesk.records.idempotency import IdempotencyKeys
from frontdesk.records.kept_secrets import KeptSecrets
from frontdesk.records.saved_reports import SavedReports
from frontdesk.records.sessions import Sessions
from frontdesk.records.sign_ons import SignOns
from frontdesk.records.wallboards import Wallboards
from frontdesk.runtime.centre_runtime import CentreRuntime
from frontdesk.runtime.effects import EffectStore
from frontdesk.runtime.look_ups import LookUps
from frontdesk.runtime.rate_limits import RateLimiter
from frontdesk.runtime.reporting.mailing import ReportMailing
from frontdesk.runtime.reporting.office import ReportOffice
from frontdesk.runtime.telephone import NoTelephone, Telephone
from frontdesk.runtime.understanding import Understanding
from frontdesk.runtime.understanding_report import Oversight
from frontdesk.runtime.watching import Watches
from frontdesk.simulator.what_if.runs import WhatIfRuns
from frontdesk.views.live import LiveView
from frontdesk.views.queries import Queries
from frontdesk.views.records import RecordsProjection

STATIC_FOLDER: Final = Path(__file__).parent / "static"
"""Where the web's build puts the desk, the widget and the demo page."""


class Limiters:
    """The buckets of every limit."""

    def __init__(self, settings: ApiSettings) -> None:
        self.requests = RateLimiter(settings.requests)
        self.sign_ins_by_login = RateLimiter(settings.sign_ins_by_login)
        self.sign_ins_by_address = RateLimiter(settings.sign_ins_by_address)
        self.dry_runs = RateLimiter(settings.dry_runs)
        self.look_up_tries = RateLimiter(settings.look_up_tries)


@dataclass(frozen=True)
class ApiParts:
    """Everything a route may use."""

    runtime: CentreRuntime
    hub: StreamHub
    watches: Watches
    desks: Desks
    queries: Queries
    sign_ons: SignOns
    sessions: Sessions
    api_keys: ApiKeys
    idempotency: IdempotencyKeys
    flow_drafts: FlowDrafts
    files: FileLibrary
    effects: EffectStore
    look_ups: LookUps
    kept_secrets: KeptSecrets
    articles: Articles
    record_changes: RecordChanges
    what_ifs: WhatIfRuns
    saved_reports: SavedReports
    report_office: ReportOffice
    report_mailing: ReportMailing
    wallboards: Wallboards
    walls: Walls
    understanding: Understanding | None = None
    """None: there is no model, and flows are sure of no text."""
    oversight: Oversight | None = None
    """What administrators see of it."""
    telephone: Telephone = field(default_factory=NoTelephone)
    settings: ApiSettings = field(default_factory=ApiSettings)
    static_folder: Path = STATIC_FOLDER
    records_follower: str = RecordsProjection.name
    """The follower whose progress says how fresh `queries` are."""
    limiters: Limiters = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "limiters", Limiters(self.settings))

    @property
    def live(self) -> LiveView:
        """The live picture as it is now; the runtime may replace it, so it isn't held on to."""
        return self.runtime.live
