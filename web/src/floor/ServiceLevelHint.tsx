import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import type { ServiceLevel } from "../api/types";
import { useLanguage } from "../i18n";

interface Props {
  /** Of one queue, whose target is then named. */
  level?: ServiceLevel;
  children: ReactNode;
}

/** A figure of service level, with its definition on hover and focus. */
export function ServiceLevelHint({ level, children }: Props) {
  const { t, span, ratio } = useLanguage();
  const definition = t("floor.level_definition");
  const own =
    level === undefined
      ? ""
      : ` ${t("floor.level_own", {
          in_target: level.answered_in_target,
          counted: level.counted,
          time: span(level.target_ms),
          ratio: ratio(level.target_ratio),
        })}`;
  return (
    <Tooltip label={definition + own}>
      <span tabIndex={0} style={{ cursor: "help" }}>
        {children}
      </span>
    </Tooltip>
  );
}
