// What must hold before a setting is sent; each problem beside its field, with what to do.
import type { FormErrors } from "@mantine/form";
import type {
  AlarmRule,
  BreakReason,
  DayException,
  Hours,
  Intent,
  LookUp,
  OpeningSpan,
  Queue,
  Team,
  Widget,
} from "../api/types";
import type { Language } from "../i18n";

type T = Language["t"];
const NAME_CHARS_MAX = 200;
const COLOUR = /^#[0-9a-f]{6}$/i;

function present(errors: FormErrors): FormErrors {
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => error !== null));
}

export function nameProblem(name: string, t: T): string | null {
  if (name.trim() === "") return t("problem.name");
  return name.length > NAME_CHARS_MAX ? t("problem.long", { count: NAME_CHARS_MAX }) : null;
}

export function validateName(values: { name: string }, t: T): FormErrors {
  return present({ name: nameProblem(values.name, t) });
}

export function validateTeam(values: Team, t: T): FormErrors {
  return present({
    name: nameProblem(values.name, t),
    reserve_idle: values.reserve_idle < 0 ? t("problem.not_negative") : null,
  });
}

export function validateBreakReason(values: BreakReason, t: T): FormErrors {
  return present({
    name: nameProblem(values.name, t),
    expected_ms: values.expected_ms === 0 ? t("problem.positive_or_empty") : null,
  });
}

export function validateQueue(values: Queue, t: T): FormErrors {
  const steps = values.steps
    .slice(0, -1)
    .map(({ duration_ms }, index): [string, string | null] => [
      `steps.${index}.duration_ms`,
      duration_ms === null || duration_ms <= 0 ? t("problem.step_duration") : null,
    ]);
  const overflows = values.overflows.flatMap((overflow, index): [string, string | null][] => [
    [
      `overflows.${index}.wait_ms`,
      overflow.when === "waited" && !overflow.wait_ms ? t("problem.overflow_wait") : null,
    ],
    [
      `overflows.${index}.message`,
      overflow.queue_id === null && overflow.flow_id === null && overflow.message.trim() === ""
        ? t("problem.overflow_message")
        : null,
    ],
  ]);
  return present({
    name: nameProblem(values.name, t),
    offer_time_ms: values.offer_time_ms < 1_000 ? t("problem.offer_time") : null,
    "target.ratio": values.target.ratio <= 0 || values.target.ratio > 1 ? t("problem.ratio") : null,
    waiting_max: values.waiting_max < 1 ? t("problem.waiting_max") : null,
    ...Object.fromEntries(steps),
    ...Object.fromEntries(overflows),
  });
}

/** Each span must end after it begins and not touch another of the same day. */
function spansProblem(spans: [number, number][], t: T): string | null {
  const ordered = spans.toSorted(([a], [b]) => a - b);
  if (ordered.some(([start, end]) => end <= start)) return t("problem.span_order");
  const overlap = ordered.some(([start], index) => start < (ordered[index - 1]?.[1] ?? 0));
  return overlap ? t("problem.span_overlap") : null;
}

export function spansOf(spans: OpeningSpan[], weekday: number): [number, number][] {
  return spans
    .filter((span) => span.weekday === weekday)
    .map((span) => [span.start_minute, span.end_minute]);
}

function exceptionProblem(exception: DayException, all: DayException[], t: T): string | null {
  if (exception.date === "") return t("problem.date");
  if (all.filter(({ date }) => date === exception.date).length > 1) return t("problem.date_twice");
  return spansProblem(exception.spans, t);
}

export function validateHours(values: Hours, t: T): FormErrors {
  const days = [0, 1, 2, 3, 4, 5, 6].map((day): [string, string | null] => [
    `day.${day}`,
    spansProblem(spansOf(values.spans, day), t),
  ]);
  const exceptions = values.exceptions.map((exception, index): [string, string | null] => [
    `exceptions.${index}`,
    exceptionProblem(exception, values.exceptions, t),
  ]);
  return present({
    name: nameProblem(values.name, t),
    ...Object.fromEntries(days),
    ...Object.fromEntries(exceptions),
  });
}

export function validateWidget(values: Widget, t: T): FormErrors {
  const topics = values.topics.flatMap((topic, index): [string, string | null][] => [
    [`topics.${index}.name`, nameProblem(topic.name, t)],
    [
      `topics.${index}.queue_id`,
      topic.queue_id === "" && topic.flow_id === null ? t("problem.topic_queue") : null,
    ],
  ]);
  const badOrigin = values.allowed_origins.find((origin) => !isOrigin(origin));
  return present({
    name: nameProblem(values.name, t),
    title: values.title.trim() === "" ? t("problem.widget_title") : null,
    colour: COLOUR.test(values.colour) ? null : t("problem.colour"),
    topics: values.topics.length === 0 ? t("problem.no_topics") : null,
    allowed_origins: badOrigin === undefined ? null : t("problem.origin", { origin: badOrigin }),
    ...Object.fromEntries(topics),
  });
}

const EXAMPLES_MAX = 500;
const EXAMPLE_CHARS_MAX = 200;

export function validateIntent({ name, examples }: Intent, t: T): FormErrors {
  const many =
    examples.length > EXAMPLES_MAX ? t("problem.examples", { count: EXAMPLES_MAX }) : null;
  const long = examples.find((example) => example.length > EXAMPLE_CHARS_MAX);
  return present({
    name: nameProblem(name, t),
    examples:
      long === undefined ? many : t("problem.example", { count: EXAMPLE_CHARS_MAX, text: long }),
  });
}

const PARAMETER = /^[a-z_][a-z0-9_]{0,39}$/;
const PLACE = /\{([a-z_][a-z0-9_]*)\}/g;

export function validateLookUp(values: LookUp, t: T): FormErrors {
  const odd = values.parameters.find((name) => !PARAMETER.test(name));
  return present({
    name: nameProblem(values.name, t),
    parameters: odd === undefined ? null : t("problem.parameter", { name: odd }),
    ...sourceProblems(values, t),
  });
}

function sourceProblems({ source, parameters }: LookUp, t: T): FormErrors {
  if (source.kind === "knowledge") return {};
  if (source.kind === "sql")
    return {
      "source.query": /^\s*(select|with|values|table)\b/i.test(source.query)
        ? null
        : t("problem.query"),
      "source.secret": source.secret === "" ? t("problem.sql_secret") : null,
    };
  const placed = [source.url, source.body, ...Object.values(source.headers)]
    .flatMap((text) => [...text.matchAll(PLACE)])
    .map(([, name]) => name ?? "");
  const unknown = placed.find((name) => !parameters.includes(name));
  const url = /^https?:\/\/[^/?#{}@\s]+([/?]\S*)?$/.test(source.url);
  return {
    "source.url": url
      ? unknown === undefined
        ? null
        : t("problem.unknown_parameter", { name: unknown })
      : t("problem.url"),
  };
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

export function validateAlarmRule(rule: AlarmRule, t: T): FormErrors {
  const problems: FormErrors = { name: nameProblem(rule.name, t) };
  for (const field of ["tell", "escalate_to"] as const)
    rule[field].forEach(({ to }, index) => {
      if (to.trim() === "") problems[`${field}.${String(index)}.to`] = t("problem.alarm_to");
    });
  return present(problems);
}
