import { NumberInput, Select, Switch } from "@mantine/core";
import { StepFields } from "../admin/StepFields";
import type { Strategy, WhatIfChange } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";

type Of<K extends WhatIfChange["change"]> = Extract<WhatIfChange, { change: K }>;

interface Props<C> {
  change: C;
  onChange: (change: WhatIfChange) => void;
}

/** The fields of one change. */
export function ChangeFields({ change, onChange }: Props<WhatIfChange>) {
  switch (change.change) {
    case "agents":
      return <AgentsFields change={change} onChange={onChange} />;
    case "volume":
    case "handle_time":
      return <RatioFields change={change} onChange={onChange} />;
    case "learn":
      return <LearnFields change={change} onChange={onChange} />;
    case "routing":
      return <RoutingFields change={change} onChange={onChange} />;
    case "hours":
      return <HoursFields change={change} onChange={onChange} />;
    case "callback":
      return <CallbackFields change={change} onChange={onChange} />;
    case "containment":
      return <ContainmentFields change={change} onChange={onChange} />;
  }
}

function AgentsFields({ change, onChange }: Props<Of<"agents">>) {
  const { t } = useLanguage();
  return (
    <>
      <Whole
        label={t("whatif.count")}
        value={change.count}
        min={-1_000}
        max={1_000}
        onChange={(count) => {
          onChange({ ...change, count });
        }}
      />
      <TeamChoice
        value={change.team_id}
        clearable
        onChange={(team_id) => {
          onChange({ ...change, team_id });
        }}
      />
    </>
  );
}

function RatioFields({ change, onChange }: Props<Of<"volume"> | Of<"handle_time">>) {
  const { t } = useLanguage();
  return (
    <>
      <NumberInput
        size="xs"
        w={110}
        label={t("whatif.ratio")}
        min={0.1}
        max={10}
        step={0.1}
        decimalScale={2}
        value={change.ratio}
        onChange={(ratio) => {
          if (typeof ratio === "number") onChange({ ...change, ratio });
        }}
      />
      <QueueChoice
        value={change.queue_id}
        clearable
        onChange={(queue_id) => {
          onChange({ ...change, queue_id });
        }}
      />
    </>
  );
}

function LearnFields({ change, onChange }: Props<Of<"learn">>) {
  return (
    <>
      <TeamChoice
        value={change.team_id}
        onChange={(team_id) => {
          if (team_id !== null) onChange({ ...change, team_id });
        }}
      />
      <QueueChoice
        value={change.queue_id}
        onChange={(queue_id) => {
          if (queue_id !== null) onChange({ ...change, queue_id });
        }}
      />
    </>
  );
}

const STRATEGIES: Strategy[] = [
  "longest_idle",
  "least_occupied",
  "round_robin",
  "most_skilled",
  "least_skilled",
  "random",
];

/** Nothing of the queue's routing is chosen otherwise yet. */
export const routingAsIs = (queue_id: string): Of<"routing"> => ({
  change: "routing",
  queue_id,
  steps: null,
  strategy: null,
  group_order: null,
  priority: null,
  waiting_max: null,
});

/** What isn't chosen stays as it is; the steps begin as the queue has them now. */
function RoutingFields({ change, onChange }: Props<Of<"routing">>) {
  const { t } = useLanguage();
  const queue = useSettings("queue").find((each) => each.queue_id === change.queue_id);
  return (
    <>
      <QueueChoice
        value={change.queue_id}
        onChange={(queue_id) => {
          if (queue_id !== null) onChange(routingAsIs(queue_id));
        }}
      />
      <Select
        size="xs"
        w={190}
        label={t("queue.strategy")}
        placeholder={t("whatif.as_is")}
        clearable
        value={change.strategy}
        data={STRATEGIES.map((value) => ({ value, label: t(`strategy.${value}`) }))}
        onChange={(value) => {
          onChange({ ...change, strategy: STRATEGIES.find((each) => each === value) ?? null });
        }}
      />
      <Whole
        label={t("whatif.priority")}
        value={change.priority ?? queue?.priority ?? 0}
        min={-1_000}
        max={1_000}
        onChange={(priority) => {
          onChange({ ...change, priority });
        }}
      />
      <Switch
        size="xs"
        pb={7}
        label={t("whatif.other_steps")}
        checked={change.steps !== null}
        onChange={(event) => {
          onChange({ ...change, steps: event.currentTarget.checked ? (queue?.steps ?? []) : null });
        }}
      />
      {change.steps !== null && (
        <div style={{ flexBasis: "100%" }}>
          <StepFields
            steps={change.steps}
            errors={{}}
            onChange={(steps) => {
              onChange({ ...change, steps });
            }}
          />
        </div>
      )}
    </>
  );
}

function HoursFields({ change, onChange }: Props<Of<"hours">>) {
  const { t } = useLanguage();
  const hours = useSettings("hours");
  return (
    <>
      <Select
        size="xs"
        w={190}
        label={t("kind.hours.one")}
        allowDeselect={false}
        value={change.hours_id}
        data={hours.map(({ hours_id, name }) => ({ value: hours_id, label: name }))}
        onChange={(hours_id) => {
          if (hours_id !== null) onChange({ ...change, hours_id });
        }}
      />
      <Whole
        label={t("whatif.earlier_min")}
        value={change.earlier_min}
        min={-1_440}
        max={1_440}
        onChange={(earlier_min) => {
          onChange({ ...change, earlier_min });
        }}
      />
      <Whole
        label={t("whatif.later_min")}
        value={change.later_min}
        min={-1_440}
        max={1_440}
        onChange={(later_min) => {
          onChange({ ...change, later_min });
        }}
      />
    </>
  );
}

function CallbackFields({ change, onChange }: Props<Of<"callback">>) {
  const { t } = useLanguage();
  return (
    <>
      <QueueChoice
        value={change.queue_id}
        clearable
        onChange={(queue_id) => {
          onChange({ ...change, queue_id });
        }}
      />
      <Switch
        size="xs"
        pb={7}
        label={t("whatif.offered")}
        checked={change.offered}
        onChange={(event) => {
          onChange({ ...change, offered: event.currentTarget.checked });
        }}
      />
      {change.offered && (
        <>
          <Whole
            label={t("whatif.after_s")}
            value={change.after_s}
            min={0}
            max={86_400}
            onChange={(after_s) => {
              onChange({ ...change, after_s });
            }}
          />
          <Percent
            label={t("whatif.taken")}
            value={change.taken_ratio}
            onChange={(taken_ratio) => {
              onChange({ ...change, taken_ratio });
            }}
          />
        </>
      )}
    </>
  );
}

function ContainmentFields({ change, onChange }: Props<Of<"containment">>) {
  const { t } = useLanguage();
  const flows = useSettings("flow").filter((each) => each.use === "entry");
  return (
    <>
      <Select
        size="xs"
        w={190}
        label={t("kind.flow.one")}
        allowDeselect={false}
        value={change.flow_id}
        data={flows.map(({ flow_id, name }) => ({ value: flow_id, label: name }))}
        onChange={(flow_id) => {
          if (flow_id !== null) onChange({ ...change, flow_id });
        }}
      />
      <Percent
        label={t("whatif.contained")}
        value={change.contained_ratio}
        onChange={(contained_ratio) => {
          onChange({ ...change, contained_ratio });
        }}
      />
    </>
  );
}

interface ChoiceProps {
  value: string | null;
  clearable?: boolean;
  onChange: (value: string | null) => void;
}

function QueueChoice({ value, clearable = false, onChange }: ChoiceProps) {
  const { t } = useLanguage();
  const queues = useSettings("queue");
  return (
    <Select
      size="xs"
      w={190}
      label={t("report.queue")}
      placeholder={t("whatif.all_queues")}
      clearable={clearable}
      allowDeselect={clearable}
      value={value}
      data={queues.map(({ queue_id, name }) => ({ value: queue_id, label: name }))}
      onChange={onChange}
    />
  );
}

function TeamChoice({ value, clearable = false, onChange }: ChoiceProps) {
  const { t } = useLanguage();
  const teams = useSettings("team");
  return (
    <Select
      size="xs"
      w={190}
      label={t("kind.team.one")}
      placeholder={t("whatif.all_teams")}
      clearable={clearable}
      allowDeselect={clearable}
      value={value}
      data={teams.map(({ team_id, name }) => ({ value: team_id, label: name }))}
      onChange={onChange}
    />
  );
}

interface NumberProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
}

function Whole({ label, value, min, max, onChange }: NumberProps & { min: number; max: number }) {
  return (
    <NumberInput
      size="xs"
      w={130}
      label={label}
      allowDecimal={false}
      min={min}
      max={max}
      value={value}
      onChange={(next) => {
        if (typeof next === "number") onChange(next);
      }}
    />
  );
}

function Percent({ label, value, onChange }: NumberProps) {
  return (
    <NumberInput
      size="xs"
      w={130}
      label={label}
      suffix=" %"
      min={0}
      max={100}
      value={Math.round(1_000 * value) / 10}
      onChange={(next) => {
        if (typeof next === "number") onChange(next / 100);
      }}
    />
  );
}
