import { SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useLanguage } from "../i18n";

interface Props {
  label: string;
  /** What no time of one’s own means. */
  usual: string;
  /** ms since the epoch; null: as usual. */
  valueMs: number | null;
  onChange: (valueMs: number | null) => void;
}

const FIRST_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** As the browser’s field for it writes an instant, by this machine’s calendar. */
function toField(atMs: number): string {
  const local = atMs - new Date(atMs).getTimezoneOffset() * MINUTE_MS;
  return new Date(local).toISOString().slice(0, 16);
}

/** As usual, or at a time of one’s own in the reader’s zone. */
export function TimeChoice({ label, usual, valueMs, onChange }: Props) {
  const { t } = useLanguage();
  return (
    <Stack gap={6}>
      <SegmentedControl
        size="xs"
        aria-label={label}
        value={valueMs === null ? "usual" : "chosen"}
        onChange={(value) => {
          onChange(value === "usual" ? null : Date.now() + FIRST_MS);
        }}
        data={[
          { value: "usual", label: usual },
          { value: "chosen", label: t("callback.choose_time") },
        ]}
      />
      {valueMs !== null && (
        <TextInput
          type="datetime-local"
          aria-label={t("callback.time")}
          value={toField(valueMs)}
          onChange={(event) => {
            const chosenMs = new Date(event.currentTarget.value).getTime();
            if (!Number.isNaN(chosenMs)) onChange(chosenMs);
          }}
        />
      )}
    </Stack>
  );
}
