import type { ContactDocument } from "../api/types";
import { useLanguage } from "../i18n";

type Callback = NonNullable<ContactDocument["callback"]>;

/** `Attempt 2 of 3`: the one that comes next, or is under way. */
export function AttemptOf({ callback }: { callback: Callback }) {
  const { t } = useLanguage();
  const isOver = callback.last_result === "reached";
  const number = Math.min(callback.attempts + (isOver ? 0 : 1), callback.attempts_max);
  return t("callback.attempt", { number, max: callback.attempts_max });
}

/** Since when it is promised, for when, and which attempt it is; in one line. */
export function CallbackLine({ contact }: { contact: ContactDocument }) {
  const { t, since } = useLanguage();
  const { callback } = contact;
  if (callback === null) return null;
  return (
    <>
      <AttemptOf callback={callback} /> · {t("callback.since", { time: since(contact.opened_ms) })}
      {callback.due_ms !== null && ` · ${t("callback.for", { time: since(callback.due_ms) })}`}
    </>
  );
}
