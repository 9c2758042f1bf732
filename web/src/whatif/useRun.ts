import { useEffect, useEffectEvent, useState } from "react";
import { whatIf } from "../api/calls";
import type { WhatIfQuestion, WhatIfRun } from "../api/types";
import { messageOf } from "../app/toast";
import { useLanguage } from "../i18n";

const ASK_AGAIN_MS = 500;

export const isAtWork = (run: WhatIfRun | null) =>
  run !== null && (run.state === "reading" || run.state === "simulating");

export interface Running {
  /** Undefined: not known yet. */
  run: WhatIfRun | null | undefined;
  problem: string | null;
  ask: (question: WhatIfQuestion) => void;
  stop: () => void;
}

/** The latest question asked of the centre's past, followed until it is answered. */
export function useRun(): Running {
  const { t } = useLanguage();
  const [run, setRun] = useState<WhatIfRun | null>();
  const [problem, setProblem] = useState<string | null>(null);
  const fail = useEffectEvent((error: unknown) => {
    setProblem(messageOf(error, t));
  });

  useEffect(() => {
    whatIf.list().then(
      ({ items }) => {
        setRun(items[0] ?? null);
      },
      (error: unknown) => {
        setRun(null);
        fail(error);
      },
    );
  }, []);

  useEffect(() => {
    if (run === undefined || run === null || !isAtWork(run)) return;
    const timer = setTimeout(() => {
      whatIf.get(run.run_id).then(setRun, fail);
    }, ASK_AGAIN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [run]);

  const say = (error: unknown) => {
    setProblem(messageOf(error, t));
  };
  return {
    run,
    problem,
    ask: (question) => {
      setProblem(null);
      whatIf.ask(question).then(setRun, say);
    },
    stop: () => {
      if (run !== undefined && run !== null) whatIf.stop(run.run_id).catch(say);
    },
  };
}
