"""Vellamo Home, an invented shop: its teams, queues, hours, people and chat widget.

It is a company that uses what there is to use: queues with routing steps that relax, skills with
proficiency, a team that keeps agents back, hours, breaks, dispositions and three languages.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from frontdesk.cli.demonstration.look_ups import LOOK_UPS
from frontdesk.cli.demonstration.self_service import (
    FLOWS,
    HELP_QUEUE_ID,
    HOT_LINE,
    INTENTS,
    SECRETARY,
    SURVEY,
    WAITING,
)
from frontdesk.kernel.settings import (
    AgentProfile,
    BreakReason,
    CentreSettings,
    Disposition,
    GroupOrder,
    Hours,
    OpeningSpan,
    Overflow,
    OverflowWhen,
    Pull,
    Queue,
    Role,
    RoutingStep,
    ServiceTarget,
    SettingsEntity,
    Skill,
    SkillNeed,
    Strategy,
    Team,
    Widget,
    WidgetTopic,
)

WIDGET_ID: Final = "demo"
PASSWORD: Final = "frontdesk"  # noqa: S105 everybody may know it: the company is invented
TIME_ZONE: Final = "Europe/Chisinau"
SECOND_MS: Final = 1_000
MINUTE_MS: Final = 60 * SECOND_MS
EVERY_DAY: Final = range(7)
WEEKDAYS: Final = range(5)

CENTRE: Final = CentreSettings(name="Vellamo Home", time_zone=TIME_ZONE)

SKILLS: Final = (
    Skill(skill_id="orders", name="Orders"),
    Skill(skill_id="returns", name="Returns"),
    Skill(skill_id="technical", name="Assembly and repair"),
    Skill(skill_id="advice", name="Interior advice"),
    Skill(skill_id="russian", name="Russian"),
    Skill(skill_id="romanian", name="Romanian"),
)

TEAMS: Final = (
    Team(team_id="care", name="Customer care"),
    Team(team_id="languages", name="Languages", pull=Pull.HOME_FIRST, reserve_idle=1),
    Team(team_id="specialists", name="Specialists", pull=Pull.HOME_FIRST),
)

HOURS: Final = (
    Hours(
        hours_id="always",
        name="Round the clock",
        time_zone=TIME_ZONE,
        spans=tuple(OpeningSpan(day, 0, 24 * 60) for day in EVERY_DAY),
    ),
    Hours(
        hours_id="workshop",
        name="Workshop hours",
        time_zone=TIME_ZONE,
        spans=tuple(
            OpeningSpan(day, *span)
            for day in WEEKDAYS
            for span in ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
        ),
    ),
)

BREAK_REASONS: Final = (
    BreakReason(break_reason_id="coffee", name="Coffee", expected_ms=10 * MINUTE_MS),
    BreakReason(break_reason_id="lunch", name="Lunch", expected_ms=30 * MINUTE_MS),
    BreakReason(break_reason_id="meeting", name="Team meeting", expected_ms=20 * MINUTE_MS),
    BreakReason(break_reason_id="training", name="Training", expected_ms=60 * MINUTE_MS),
)

DISPOSITIONS: Final = (
    Disposition(disposition_id="answered", name="Question answered"),
    Disposition(disposition_id="order_changed", name="Order changed"),
    Disposition(disposition_id="return_arranged", name="Return arranged"),
    Disposition(disposition_id="replacement", name="Replacement sent"),
    Disposition(disposition_id="sale", name="Sale"),
    Disposition(disposition_id="complaint", name="Complaint"),
    Disposition(disposition_id="no_reply", name="Customer went silent"),
)

_COMMON: Final = ("answered", "complaint", "no_reply")
_TARGET: Final = ServiceTarget(answer_ms=30 * SECOND_MS, ratio=0.8)


def _step(
    skill_id: str, proficiency: int, duration_ms: int | None = None, priority_boost: int = 0
) -> RoutingStep:
    needs = (SkillNeed(skill_id, proficiency),)
    return RoutingStep(duration_ms=duration_ms, skills=needs, priority_boost=priority_boost)


HELP: Final = Queue(
    queue_id=HELP_QUEUE_ID,
    name="Help line",
    home_team_ids=("care",),
    group_order=GroupOrder.HOME_FIRST,
    previous_agent_wait_ms=10 * SECOND_MS,
    wrap_up_time_ms=MINUTE_MS,
    disposition_ids=(*_COMMON, "order_changed", "return_arranged", "replacement"),
    hours_id="always",
    target=_TARGET,
)
"""Whom the hot line hands over to."""

QUEUES: Final = (
    Queue(
        queue_id="orders",
        name="Orders and delivery",
        steps=(_step("orders", 3, 20 * SECOND_MS), _step("orders", 1)),
        home_team_ids=("care",),
        group_order=GroupOrder.HOME_FIRST,
        previous_agent_wait_ms=10 * SECOND_MS,
        wrap_up_time_ms=MINUTE_MS,
        disposition_ids=(*_COMMON, "order_changed"),
        hours_id="always",
        target=_TARGET,
    ),
    Queue(
        queue_id="returns",
        name="Returns and refunds",
        steps=(_step("returns", 3, 30 * SECOND_MS), _step("returns", 1, None, 1)),
        strategy=Strategy.LEAST_OCCUPIED,
        home_team_ids=("care",),
        group_order=GroupOrder.HOME_FIRST,
        wrap_up_time_ms=MINUTE_MS,
        disposition_ids=(*_COMMON, "return_arranged", "replacement"),
        hours_id="always",
        target=_TARGET,
    ),
    Queue(
        queue_id="advice",
        name="Interior advice",
        steps=(_step("advice", 4, 45 * SECOND_MS), _step("advice", 1)),
        strategy=Strategy.MOST_SKILLED,
        home_team_ids=("specialists",),
        previous_agent_wait_ms=20 * SECOND_MS,
        wrap_up_time_ms=2 * MINUTE_MS,
        disposition_ids=(*_COMMON, "sale"),
        hours_id="always",
        target=ServiceTarget(answer_ms=MINUTE_MS, ratio=0.8),
    ),
    Queue(
        queue_id="technical",
        name="Assembly and repair",
        steps=(_step("technical", 3, 60 * SECOND_MS), _step("technical", 1)),
        strategy=Strategy.MOST_SKILLED,
        home_team_ids=("specialists",),
        wrap_up_time_ms=2 * MINUTE_MS,
        disposition_ids=(*_COMMON, "replacement"),
        hours_id="workshop",
        overflows=(
            Overflow(
                when=OverflowWhen.CLOSED,
                message="The workshop is open on weekdays from 9 to 13 and from 14 to 18 o’clock.",
            ),
        ),
        target=ServiceTarget(answer_ms=MINUTE_MS, ratio=0.8),
    ),
    Queue(
        queue_id="russian",
        name="Russian",
        steps=(_step("russian", 4, 30 * SECOND_MS), _step("russian", 2)),
        home_team_ids=("languages",),
        group_order=GroupOrder.HOME_FIRST,
        wrap_up_time_ms=MINUTE_MS,
        disposition_ids=(*_COMMON, "order_changed", "return_arranged"),
        hours_id="always",
        target=_TARGET,
    ),
    Queue(
        queue_id="romanian",
        name="Romanian",
        steps=(_step("romanian", 4, 30 * SECOND_MS), _step("romanian", 2)),
        home_team_ids=("languages",),
        group_order=GroupOrder.HOME_FIRST,
        wrap_up_time_ms=MINUTE_MS,
        disposition_ids=(*_COMMON, "order_changed", "return_arranged"),
        hours_id="always",
        target=_TARGET,
    ),
)

WIDGET: Final = Widget(
    widget_id=WIDGET_ID,
    name="Shop pages",
    title="Vellamo Home",
    greeting="Hello! Tell us what it is about, and the right person will answer.",
    topics=(
        WidgetTopic(topic_id="ask", name="Ask us anything", flow_id=HOT_LINE),
        WidgetTopic(topic_id="orders", name="Orders and delivery", queue_id="orders"),
        WidgetTopic(topic_id="returns", name="Returns and refunds", queue_id="returns"),
        WidgetTopic(topic_id="advice", name="Help me choose", queue_id="advice"),
        WidgetTopic(topic_id="technical", name="Assembly and repair", queue_id="technical"),
        WidgetTopic(topic_id="russian", name="Вопросы на русском", queue_id="russian"),
        WidgetTopic(topic_id="romanian", name="Întrebări în română", queue_id="romanian"),
        WidgetTopic(topic_id="somebody", name="Speak to somebody by name", flow_id=SECRETARY),
    ),
    colour="#2f6b5c",
)


def _agent(
    agent_id: str,
    name: str,
    team_id: str,
    skills: dict[str, int],
    locale: str = "en",
    role: Role = Role.AGENT,
) -> AgentProfile:
    # Each skill is the way into the queue of the same name; customer care helps with anything.
    return AgentProfile(
        agent_id=agent_id,
        name=name,
        role=role,
        team_id=team_id,
        skills=skills,
        queue_ids=(*skills, HELP_QUEUE_ID) if team_id == "care" else tuple(skills),
        locale=locale,
    )


PEOPLE: Final = (
    _agent("you", "Alex Morgan", "care", {"orders": 4, "returns": 4, "advice": 3}),
    _agent("colleague", "Robin Hayes", "care", {"orders": 3, "returns": 5, "technical": 3}),
    AgentProfile(
        agent_id="supervisor",
        name="Sam Whitfield",
        role=Role.SUPERVISOR,
        team_id="care",
        skills={"orders": 5, "returns": 5},
        queue_ids=("orders", "returns"),
    ),
    AgentProfile(agent_id="admin", name="Ada Novak", role=Role.ADMINISTRATOR),
)
"""Whom a person can sign in as; nobody plays them."""

PLAYED: Final = (
    _agent("marta", "Marta Ionescu", "care", {"orders": 5, "returns": 4, "romanian": 5}, "ro"),
    _agent("oleg", "Oleg Petrov", "languages", {"russian": 5, "orders": 3}, "ru"),
    _agent("lena", "Lena Fischer", "care", {"orders": 4, "returns": 5}),
    _agent("radu", "Radu Popescu", "languages", {"romanian": 5, "returns": 3}, "ro"),
    _agent("aisha", "Aisha Khan", "specialists", {"advice": 5, "orders": 2}),
    _agent("tom", "Tom Becker", "specialists", {"technical": 5, "advice": 2}),
    _agent("nina", "Nina Morozova", "languages", {"russian": 5, "returns": 4}, "ru"),
    _agent("james", "James Okoro", "care", {"orders": 5, "returns": 3}),
    _agent("sofia", "Sofia Lind", "specialists", {"advice": 4, "technical": 3}),
    _agent("viktor", "Viktor Ceban", "languages", {"romanian": 4, "russian": 4}, "ro"),
)
"""Whom `frontdesk demo` plays."""

ENTITIES: Final[tuple[SettingsEntity, ...]] = (
    CENTRE,
    *SKILLS,
    *TEAMS,
    *HOURS,
    *BREAK_REASONS,
    *DISPOSITIONS,
    *QUEUES,
    HELP,
    *PEOPLE,
    *PLAYED,
    *LOOK_UPS,
    *INTENTS,
    *FLOWS,
    replace(HELP, waiting_flow_id=WAITING, after_flow_id=SURVEY),
    WIDGET,
)
"""All of it; what is referred to comes before what refers to it. The widget comes last."""
