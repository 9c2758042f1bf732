import { Badge } from "@mantine/core";
import type { AlarmSeverity } from "../api/types";
import { useLanguage } from "../i18n";

const COLOURS: Record<AlarmSeverity, string> = {
  notice: "gray.7",
  warning: "yellow.5",
  critical: "red.9",
};

/** How bad it is, readable on any ground. */
export function SeverityBadge({ of }: { of: AlarmSeverity }) {
  const { t } = useLanguage();
  return (
    <Badge color={COLOURS[of]} variant="filled" autoContrast>
      {t(`alarm.severity.${of}`)}
    </Badge>
  );
}
