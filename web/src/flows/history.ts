// Undo and redo over values that are never changed in place.
export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** What the last change was about: the next one about the same joins it. Null: none joins. */
  about: string | null;
}

const PAST_MAX = 200;

export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [], about: null };
}

/** The next state. Typing in one field is one change, however many keys it took. */
export function record<T>(history: History<T>, next: T, about: string | null): History<T> {
  if (next === history.present) return history;
  const joins = about !== null && about === history.about;
  const past = joins ? history.past : [...history.past, history.present].slice(-PAST_MAX);
  return { past, present: next, future: [], about };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    about: null,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...later] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future: later, about: null };
}
