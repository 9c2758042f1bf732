import { IconCheck } from "@tabler/icons-react";
import type { MessageDocument } from "../api/types";
import { useLanguage } from "../i18n";
import classes from "./MessageList.module.css";

interface Props {
  prompt: MessageDocument["prompt"];
  chosen: string | null;
}

/** What a flow offered to choose from; for agents to read, not to press. */
export function Choices({ prompt, chosen }: Props) {
  const { t } = useLanguage();
  if (prompt === null || prompt.choices.length === 0) return null;
  return (
    <ul className={classes.choices} aria-label={t("message.choices")}>
      {prompt.choices.map(({ value, label }) => (
        <li key={value} data-chosen={value === chosen || undefined}>
          {value === chosen && <IconCheck size={13} role="img" aria-label={t("message.chosen")} />}
          {label}
        </li>
      ))}
    </ul>
  );
}
