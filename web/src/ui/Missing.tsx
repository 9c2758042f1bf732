import { Tooltip } from "@mantine/core";
import { useLanguage } from "../i18n";

interface Props {
  reason: string;
  /** What stands there instead of the dash, where “there is none” would say too little. */
  word?: string;
}

/**
 * Where no figure stands, with the reason on hover and focus: a dash when there is no such thing,
 * a word when it can’t be said. Zero is a figure.
 */
export function Missing({ reason, word }: Props) {
  const { t } = useLanguage();
  const shown = word ?? t("app.missing");
  return (
    <Tooltip label={reason}>
      <span
        tabIndex={0}
        role="note"
        aria-label={word === undefined ? reason : `${word}: ${reason}`}
        style={{ cursor: "help", color: "var(--mantine-color-dimmed)" }}
      >
        {shown}
      </span>
    </Tooltip>
  );
}
