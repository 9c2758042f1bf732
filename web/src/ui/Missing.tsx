import { Tooltip } from "@mantine/core";
import { useLanguage } from "../i18n";

/** A figure that can't be said, with the reason on hover and focus. */
export function Missing({ reason }: { reason: string }) {
  const { t } = useLanguage();
  return (
    <Tooltip label={reason}>
      <span tabIndex={0} role="note" aria-label={reason} style={{ cursor: "help" }}>
        {t("app.missing")}
      </span>
    </Tooltip>
  );
}
