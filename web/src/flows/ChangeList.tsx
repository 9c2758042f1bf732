import { Text } from "@mantine/core";
import { useLanguage, type Language } from "../i18n";
import { en, type Key } from "../i18n/en";
import type { Change, FieldChange } from "./diff";
import classes from "./Flows.module.css";
import { useTitleOf } from "./sentences";

const VALUE_CHARS_MAX = 120;

/** Changes node by node, each with what it was and what it is. */
export function ChangeList({ changes }: { changes: Change[] }) {
  const { t } = useLanguage();
  const titleOf = useTitleOf();
  if (changes.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("flow.no_changes")}
      </Text>
    );
  return (
    <ul className={classes.changes}>
      {changes.map((change) => (
        <li key={change.what === "flow" ? "" : change.node.node_id} data-change={change.what}>
          <b>{change.what === "flow" ? t("flow.own") : titleOf(change.node)}</b>{" "}
          <span className={classes.changeWhat}>{t(`flow.change.${change.what}`)}</span>
          {"fields" in change && (
            <ul>
              {change.fields.map((field) => (
                <Field key={field.field} change={field} />
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function Field({ change }: { change: FieldChange }) {
  const { t } = useLanguage();
  return (
    <li>
      {fieldName(change.field, t)}: <del>{shown(change.before)}</del> <span aria-hidden>→</span>{" "}
      <ins>{shown(change.after)}</ins>
    </li>
  );
}

/** The word on the form where there is one, else the document's own. */
function fieldName(field: string, t: Language["t"]): string {
  const key = [`flow.exit.${field}`, `flow.field.${field}`].find((each) => each in en);
  return key === undefined ? field : t(key as Key);
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === "") return "–";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > VALUE_CHARS_MAX ? `${text.slice(0, VALUE_CHARS_MAX)}…` : text;
}
