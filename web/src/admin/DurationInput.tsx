import { NumberInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useLanguage } from "../i18n";

interface Props {
  label?: string;
  "aria-label"?: string;
  description?: ReactNode;
  placeholder?: string;
  unit: "second" | "minute";
  valueMs: number | null;
  onChange: (valueMs: number | null) => void;
  error?: ReactNode;
  w?: number;
  disabled?: boolean;
}

const UNIT_MS = { second: 1_000, minute: 60_000 };

/** A duration in seconds or minutes; empty: none. */
export function DurationInput({ unit, valueMs, onChange, ...rest }: Props) {
  const { t } = useLanguage();
  return (
    <NumberInput
      {...rest}
      min={0}
      decimalScale={unit === "minute" ? 1 : 0}
      suffix={` ${t(`unit.${unit}`)}`}
      value={valueMs === null ? "" : valueMs / UNIT_MS[unit]}
      onChange={(value) => {
        onChange(value === "" ? null : Math.round(Number(value) * UNIT_MS[unit]));
      }}
    />
  );
}
