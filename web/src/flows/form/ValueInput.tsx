import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useLanguage } from "../../i18n";

interface Props {
  label: string;
  /** As JSON. */
  value: string;
  onChange: (value: string) => void;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A first value: a number, true, false, null, a list, a map; whatever else is written is a text. */
export function ValueInput({ label, value, onChange }: Props) {
  const { t } = useLanguage();
  const [written, setWritten] = useState<string | null>(null);
  const finish = () => {
    if (written !== null) onChange(isJson(written) ? written : JSON.stringify(written));
    setWritten(null);
  };
  return (
    <TextInput
      aria-label={label}
      placeholder={t("flow.first_value")}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      value={written ?? value}
      onChange={(event) => {
        setWritten(event.currentTarget.value);
      }}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish();
      }}
    />
  );
}
