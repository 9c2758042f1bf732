import { useEffect, useEffectEvent, useState } from "react";
import { messageOf } from "../app/toast";
import { useLanguage } from "../i18n";

export interface Fetched<T> {
  /** Null: not here yet, or nothing was asked. */
  value: T | null;
  /** Why it did not come. */
  problem: string | null;
  reload: () => void;
}

/** What a request brings, asked again whenever one of `causes` changes. */
export function useFetched<T>(ask: () => Promise<T> | null, causes: unknown[]): Fetched<T> {
  const { t } = useLanguage();
  const [state, setState] = useState<{ value: T | null; problem: string | null }>({
    value: null,
    problem: null,
  });
  const [turn, setTurn] = useState(0);
  const askNow = useEffectEvent(ask);
  const explain = useEffectEvent((error: unknown) => messageOf(error, t));
  const cause = JSON.stringify(causes);
  useEffect(() => {
    let wanted = true;
    askNow()?.then(
      (value) => {
        if (wanted) setState({ value, problem: null });
      },
      (error: unknown) => {
        if (wanted) setState({ value: null, problem: explain(error) });
      },
    );
    return () => {
      wanted = false;
    };
  }, [cause, turn]);
  return {
    ...state,
    reload: () => {
      setTurn((before) => before + 1);
    },
  };
}
