"""The statements of the reports. They are put together from constants; values go as parameters.

Each begins with the same four: centre, time zone, from, to.
"""

# ruff: noqa: S608

DAYS_MAX = 1_000
"""Rows of a report: of each flow or queue one a day."""

NAMES_MAX = 200
"""Rows of a list by name: nodes, intents, agents."""

PUNCTUAL_MS = 15 * 60_000
"""A callback for a chosen time is tried in time if it is tried no later than this after it."""


def _day(column: str) -> str:
    return f"to_char(to_timestamp({column} / 1000.0) AT TIME ZONE $2, 'YYYY-MM-DD')"


def _where(condition: str) -> str:
    return f"count(*) FILTER (WHERE {condition})"


# -- self-service

_MET = f"""
WITH met AS (
  SELECT DISTINCT ON (f.flow_id, f.contact_id) f.*, r.topic, {_day("f.started_ms")} AS day,
    CASE WHEN f.ended_ms IS NULL THEN 'under_way'
      WHEN f.callback_id IS NOT NULL THEN 'callback'
      WHEN f.result = 'contained' AND f.message_contact_id IS NOT NULL THEN 'message'
      ELSE f.result END AS fate
  FROM flow_runs f JOIN contact_records r USING (centre, contact_id)
  WHERE f.centre = $1 AND f.started_ms >= $3 AND f.started_ms < $4
    AND ($5::text IS NULL OR f.flow_id = $5) AND f.flow_use = 'entry' AND f.agent_id IS NULL
  ORDER BY f.flow_id, f.contact_id, f.run_id DESC
)
"""

CONTAINMENT = f"""
{_MET}
SELECT flow_id, day, count(*) AS met,
  {_where("fate = 'under_way'")} AS under_way,
  {_where("fate = 'contained'")} AS contained,
  {_where("fate = 'message'")} AS messages,
  {_where("fate = 'callback'")} AS callbacks,
  {_where("fate IN ('queued', 'moved', 'served')")} AS queued,
  {_where("fate = 'transferred'")} AS transferred,
  {_where("fate = 'left'")} AS left,
  {_where("fate = 'failed'")} AS failed,
  round(avg(ended_ms - started_ms))::bigint AS mean_time_ms
FROM met GROUP BY GROUPING SETS ((flow_id, day), (flow_id))
ORDER BY day DESC NULLS FIRST, flow_id LIMIT {DAYS_MAX}
"""

LEFT_AT = f"""
{_MET}
SELECT flow_id, last_flow_id AS node_flow_id, last_node_id AS node_id,
  {_where("fate = 'left'")} AS left, {_where("fate = 'failed'")} AS failed
FROM met WHERE fate IN ('left', 'failed') GROUP BY 1, 2, 3
ORDER BY count(*) DESC, 1, 2, 3 LIMIT {NAMES_MAX}
"""

ASKED = f"""
{_MET}
SELECT flow_id, kind, name, count(*) AS met, {_where("fate = 'contained'")} AS contained
FROM met, LATERAL (VALUES ('intent', intent_id), ('topic', nullif(topic, ''))) AS n (kind, name)
WHERE name IS NOT NULL GROUP BY 1, 2, 3 ORDER BY count(*) DESC, 1, 2, 3 LIMIT {NAMES_MAX}
"""

PASSAGES = f"""
SELECT flow_id, version, node_id, exit, sum(passages)::bigint AS passages
FROM flow_passages
WHERE centre = $1 AND $2::text IS NOT NULL AND start_ms >= $3 AND start_ms < $4 AND flow_id = $5
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2 DESC, 3, 4 LIMIT {DAYS_MAX}
"""


# -- verdicts

KEYS = {
    "agent": ("s.agent_id", "r.agent_id"),
    "queue": ("nullif(s.queue_id, '')", "nullif(r.queue_id, '')"),
    "topic": ("nullif(r.topic, '')", "nullif(r.topic, '')"),
    "disposition": ("r.disposition_id", "r.disposition_id"),
}
"""By what verdicts are told apart: the key of an answer, the key of a contact."""


def build_answers(by: str) -> str:
    """What surveys say; the row without a key is of all, and `is_all` says so."""
    return f"""
WITH answers AS (
  SELECT {KEYS[by][0]} AS key, s.question_kind AS kind, s.score
  FROM survey_answers s JOIN contact_records r USING (centre, contact_id)
  WHERE s.centre = $1 AND $2::text IS NOT NULL AND s.at_ms >= $3 AND s.at_ms < $4
)
SELECT key, grouping(key) = 1 AS is_all,
  {_where("kind = 'csat'")} AS csat_answers,
  (avg(score) FILTER (WHERE kind = 'csat'))::float8 AS csat_mean,
  {_where("kind = 'csat' AND score >= 4")} AS csat_satisfied,
  {_where("kind = 'nps'")} AS nps_answers,
  {_where("kind = 'nps' AND score >= 9")} AS nps_promoters,
  {_where("kind = 'nps' AND score <= 6")} AS nps_detractors,
  {_where("kind = 'resolved'")} AS resolved_answers,
  {_where("kind = 'resolved' AND score = 1")} AS resolved,
  {_where("kind = 'text'")} AS texts
FROM answers GROUP BY GROUPING SETS ((key), ())
"""


def build_repeats(by: str) -> str:
    """Contacts that were followed by another of the same customer about the same matter.

    $5: the time in ms in which a repeat counts, $6: now. The same customer is known by the id, or
    else by the address; the same matter by the topic, or else, where both were in one, the queue.
    """
    return f"""
WITH ended AS (
  SELECT {KEYS[by][1]} AS key, r.closed_ms + $5 <= $6 AS is_over, EXISTS (
    SELECT 1 FROM contact_records n
    WHERE n.centre = r.centre AND n.contact_id > r.contact_id AND n.opened_ms <= r.closed_ms + $5
      AND CASE WHEN r.customer_id <> '' THEN n.customer_id <> '' AND n.customer_id = r.customer_id
        ELSE n.customer_address <> '' AND n.customer_address = r.customer_address END
      AND CASE WHEN r.topic <> '' AND n.topic <> '' THEN n.topic = r.topic
        ELSE r.queue_id = '' OR n.queue_id = '' OR n.queue_id = r.queue_id END
  ) AS is_repeated
  FROM contact_records r
  WHERE r.centre = $1 AND $2::text IS NOT NULL AND r.closed_ms >= $3 AND r.closed_ms < $4
    AND r.outcome IN ('answered', 'self_served')
    AND (r.customer_id <> '' OR r.customer_address <> '')
)
SELECT key, grouping(key) = 1 AS is_all, {_where("is_over")} AS contacts,
  {_where("is_over AND is_repeated")} AS repeated, {_where("NOT is_over")} AS undecided
FROM ended GROUP BY GROUPING SETS ((key), ())
"""


TEXTS = """
SELECT s.seq, s.at_ms, s.contact_id, s.question_id, s.text, s.queue_id, s.agent_id, r.topic
FROM survey_answers s JOIN contact_records r USING (centre, contact_id)
WHERE s.centre = $1 AND s.question_kind = 'text' AND s.text <> ''
  AND s.at_ms >= $2 AND s.at_ms < $3 AND ($4::bigint IS NULL OR s.seq < $4)
ORDER BY s.seq DESC LIMIT $5
"""
"""By centre, from, to, the seq before which, how many."""


# -- presence

PRESENCE_SPANS = f"""
SELECT agent_id, started_ms, ended_ms, presence, break_reason_id, team_id FROM presence_spans
WHERE centre = $1 AND started_ms >= $2 AND started_ms < $3
  AND ($4::text IS NULL OR agent_id = $4)
ORDER BY started_ms DESC, agent_id LIMIT {DAYS_MAX + 1}
"""
"""By centre, from, to, whose."""

# -- callbacks

CALLBACKS = f"""
WITH promised AS (
  SELECT c.*, r.outcome, {_day("c.requested_ms")} AS day,
    c.tried_ms <= coalesce(c.due_ms + {PUNCTUAL_MS}, c.expires_ms) AS in_time,
    c.tried_ms - coalesce(c.due_ms, c.requested_ms) AS wait_ms,
    (SELECT count(*) FROM callback_attempts a WHERE a.centre = c.centre
      AND a.contact_id = c.contact_id AND a.result = 'no_answer') AS no_answer,
    (SELECT count(*) FROM callback_attempts a WHERE a.centre = c.centre
      AND a.contact_id = c.contact_id AND a.result = 'busy') AS busy,
    (SELECT count(*) FROM callback_attempts a WHERE a.centre = c.centre
      AND a.contact_id = c.contact_id AND a.result = 'failed') AS attempts_failed
  FROM callbacks c JOIN contact_records r USING (centre, contact_id)
  WHERE c.centre = $1 AND c.requested_ms >= $3 AND c.requested_ms < $4
    AND ($5::text IS NULL OR c.queue_id = $5)
)
SELECT queue_id, day, count(*) AS promised,
  {_where("outcome = 'open'")} AS open,
  {_where("outcome = 'answered'")} AS reached,
  {_where("outcome = 'unreached'")} AS unreached,
  {_where("outcome = 'expired'")} AS expired,
  {_where("outcome NOT IN ('open', 'answered', 'unreached', 'expired')")} AS closed,
  {_where("tried_ms IS NOT NULL")} AS tried,
  {_where("in_time")} AS tried_in_time,
  {_where("tried_ms IS NOT NULL OR outcome <> 'open'")} AS decided,
  sum(attempts)::bigint AS attempts, sum(no_answer)::bigint AS no_answer,
  sum(busy)::bigint AS busy, sum(attempts_failed)::bigint AS attempts_failed,
  round(avg(greatest(wait_ms, 0)) FILTER (WHERE tried_ms IS NOT NULL))::bigint AS mean_wait_ms
FROM promised GROUP BY GROUPING SETS ((queue_id, day), (queue_id))
ORDER BY day DESC NULLS FIRST, queue_id LIMIT {DAYS_MAX}
"""

# -- understanding

RUNS_READ_MAX = 5_000
"""As many of the latest runs are looked through for what wasn't understood."""

UNSURE_MAX = 1_000

# A classification and what followed are told by run and node, in the order that they happened.
UNSURE_MESSAGES = f"""
WITH latest AS (
  SELECT contact_id FROM flow_runs WHERE centre = $1 ORDER BY started_ms DESC LIMIT {RUNS_READ_MAX}
), told AS (
  SELECT j.seq, j.type, j.payload ->> 'text' AS text,
    lead(j.payload ->> 'exit') OVER (
      PARTITION BY e.contact_id, j.payload ->> 'run_id', j.payload ->> 'node_id' ORDER BY j.seq
    ) AS next_exit
  FROM (SELECT DISTINCT contact_id FROM latest) l
    JOIN contact_events e ON e.centre = $1 AND e.contact_id = l.contact_id
    JOIN journal j ON j.centre = e.centre AND j.seq = e.seq
  WHERE j.type IN ('ClassificationAsked', 'NodePassed')
)
SELECT text FROM told WHERE type = 'ClassificationAsked' AND next_exit = 'unsure'
ORDER BY seq DESC LIMIT {UNSURE_MAX}
"""
