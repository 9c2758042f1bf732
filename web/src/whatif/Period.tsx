import { Button, NumberInput, TextInput } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useLanguage } from "../i18n";
import classes from "./WhatIf.module.css";

export interface Span {
  /** `YYYY-MM-DD`. */
  first_day: string;
  days: number;
  /** The first day after a change that was made. */
  after_day: string;
}

const DAYS_MAX = 31;

interface Props {
  span: Span;
  comparing: boolean;
  busy: boolean;
  onChange: (span: Span) => void;
  onAsk: () => void;
}

/** Which days are asked about. */
export function Period({ span, comparing, busy, onChange, onAsk }: Props) {
  const { t } = useLanguage();
  return (
    <form
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      <TextInput
        size="xs"
        type="date"
        required
        withAsterisk={false}
        label={t("whatif.first_day")}
        value={span.first_day}
        onChange={(event) => {
          onChange({ ...span, first_day: event.currentTarget.value });
        }}
      />
      <NumberInput
        size="xs"
        w={110}
        required
        withAsterisk={false}
        label={t("whatif.days")}
        min={1}
        max={DAYS_MAX}
        allowDecimal={false}
        value={span.days}
        onChange={(value) => {
          if (typeof value === "number") onChange({ ...span, days: value });
        }}
      />
      {comparing && (
        <TextInput
          size="xs"
          type="date"
          required
          withAsterisk={false}
          label={t("whatif.after_day")}
          value={span.after_day}
          onChange={(event) => {
            onChange({ ...span, after_day: event.currentTarget.value });
          }}
        />
      )}
      <Button type="submit" loading={busy} leftSection={<IconHistory size={16} />}>
        {comparing ? t("whatif.compare_now") : t("whatif.rebuild")}
      </Button>
    </form>
  );
}
