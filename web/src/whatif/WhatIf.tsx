import { Alert, Button, Progress, SegmentedControl, Text } from "@mantine/core";
import { IconFlask, IconInfoCircle } from "@tabler/icons-react";
import { useState } from "react";
import type { WhatIfQuestion, WhatIfRun } from "../api/types";
import floor from "../floor/Floor.module.css";
import { useLanguage } from "../i18n";
import { Empty } from "../ui/Empty";
import { Loading } from "../ui/Loading";
import { BeforeAfter } from "./BeforeAfter";
import { Changes, type Draft } from "./Changes";
import { Effect } from "./Effect";
import { Period, type Span } from "./Period";
import { isAtWork, useRun } from "./useRun";
import { Validation } from "./Validation";
import classes from "./WhatIf.module.css";

/** What would have been: days of the past, held against themselves, and changed. */
export function WhatIf({ timeZone }: { timeZone: string }) {
  const running = useRun();
  if (running.run === undefined) return <Loading />;
  return <Asking key={timeZone} running={{ ...running, run: running.run }} timeZone={timeZone} />;
}

interface Props {
  running: Omit<ReturnType<typeof useRun>, "run"> & { run: WhatIfRun | null };
  timeZone: string;
}

function Asking({ running, timeZone }: Props) {
  const { t } = useLanguage();
  const { run, problem, ask, stop } = running;
  const [mode, setMode] = useState<"try" | "compare">(
    run?.question.after_day == null ? "try" : "compare",
  );
  const [span, setSpan] = useState<Span>(() => spanOf(run, timeZone));
  const [draft, setDraft] = useState<Draft>(() => draftOf(run));
  const busy = isAtWork(run);
  const asked: WhatIfQuestion = { first_day: span.first_day, days: span.days };
  const known = run !== null && isOf(run, span) ? (run.answer ?? null) : null;
  const comparing = mode === "compare";
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm" maw={720}>
        {t("whatif.lead")}
      </Text>
      <SegmentedControl
        size="xs"
        mb="md"
        value={mode}
        onChange={(value) => {
          setMode(value === "compare" ? "compare" : "try");
        }}
        data={[
          { value: "try", label: t("whatif.try") },
          { value: "compare", label: t("whatif.compare") },
        ]}
      />
      <Period
        span={span}
        comparing={comparing}
        busy={busy}
        onChange={setSpan}
        onAsk={() => {
          ask(comparing ? { ...asked, after_day: span.after_day } : asked);
        }}
      />
      <div aria-live="polite">
        {problem !== null && <Trouble text={problem} />}
        {run !== null && busy && <Working run={run} onStop={stop} />}
        {run !== null && <Outcome run={run} />}
      </div>
      {known === null && !busy && run?.problem == null && (
        <Empty icon={IconFlask} title={t("whatif.none")} hint={t("whatif.none_hint")} />
      )}
      {comparing && known?.before_after != null && <BeforeAfter found={known.before_after} />}
      {!comparing && known?.study != null && (
        <>
          <Validation study={known.study} timeZone={timeZone} />
          <Changes
            draft={draft}
            busy={busy}
            onChange={setDraft}
            onAsk={() => {
              ask({ ...asked, changes: draft.changes, money: draft.money });
            }}
          />
          {known.study.effect != null && <Effect effect={known.study.effect} />}
        </>
      )}
    </>
  );
}

function Working({ run, onStop }: { run: WhatIfRun; onStop: () => void }) {
  const { t } = useLanguage();
  const share = run.of === 0 ? 0 : (100 * run.done) / run.of;
  const label = run.state === "reading" ? t("whatif.reading") : t("whatif.simulating");
  return (
    <section className={floor.card} aria-label={label}>
      <div className={classes.working}>
        <Text size="sm">{label}</Text>
        <Progress.Root className={classes.bar} size="lg">
          <Progress.Section value={share} aria-label={label} />
        </Progress.Root>
        <Button variant="default" onClick={onStop}>
          {t("whatif.stop")}
        </Button>
      </div>
    </section>
  );
}

/** Why there is no answer, or that it is of fewer runs than asked for. */
function Outcome({ run }: { run: WhatIfRun }) {
  const { t } = useLanguage();
  if (run.state === "stopped") return <Trouble text={t("whatif.stopped")} />;
  if (run.state !== "failed" || run.problem == null) return null;
  return <Trouble text={t(`whatif.problem.${run.problem}`, { detail: run.detail })} />;
}

function Trouble({ text }: { text: string }) {
  return (
    <Alert icon={<IconInfoCircle size={18} />} color="yellow" variant="light" mb="md">
      {text}
    </Alert>
  );
}

const isOf = (run: WhatIfRun, span: Span) =>
  run.question.first_day === span.first_day &&
  run.question.days === span.days &&
  (run.question.after_day == null || run.question.after_day === span.after_day);

const DAYS_SHOWN = 7;

/** The days last asked about; else the latest week. */
function spanOf(run: WhatIfRun | null, timeZone: string): Span {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone });
  const before = (days: number) => day.format(Date.now() - days * 86_400_000);
  return {
    first_day: run?.question.first_day ?? before(DAYS_SHOWN - 1),
    days: run?.question.days ?? DAYS_SHOWN,
    after_day: run?.question.after_day ?? before(0),
  };
}

function draftOf(run: WhatIfRun | null): Draft {
  return {
    changes: run?.question.changes ?? [],
    money: {
      cost_per_hour: run?.question.money.cost_per_hour ?? 0,
      value_per_contact: run?.question.money.value_per_contact ?? 0,
    },
  };
}
