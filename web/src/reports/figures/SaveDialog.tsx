import {
  Button,
  Group,
  Modal,
  NumberInput,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { ownReports } from "../../api/calls";
import type { ReportQuery, ReportSchedule, SavedReport } from "../../api/types";
import { complain, messageOf, say } from "../../app/toast";
import { useLanguage } from "../../i18n";
import { useFetched } from "../../ui/useFetched";

interface Props {
  name: string;
  query: ReportQuery;
  saved: SavedReport | null;
  canMail: boolean;
  onSaved: (report: SavedReport) => void;
  onClose: () => void;
}

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];
/** A Monday, to take the names of days from. */
const MONDAY_MS = Date.UTC(2024, 0, 1, 12);

/** Keeps a report under a name and says whom it is mailed to, and when. */
export function SaveDialog({ name, query, saved, canMail, onSaved, onClose }: Props) {
  const { t, locale } = useLanguage();
  const [title, setTitle] = useState(saved?.name ?? name);
  const [schedule, setSchedule] = useState<ReportSchedule | null>(saved?.schedule ?? null);
  const [addresses, setAddresses] = useState(saved?.schedule?.recipients.join(", ") ?? "");
  const change = (part: Partial<ReportSchedule>) => {
    setSchedule((now) => (now === null ? null : { ...now, ...part }));
  };
  const save = (asNew: boolean) => {
    const recipients = addresses.split(/[\s,;]+/).filter((each) => each !== "");
    const report = {
      name: title.trim(),
      query,
      schedule: schedule === null ? null : { ...schedule, recipients, locale },
    };
    ownReports.save(asNew ? null : (saved?.report_id ?? null), report).then(
      (kept) => {
        say(t("figures.saved"));
        onSaved(kept);
      },
      (error: unknown) => {
        complain(messageOf(error, t));
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t("figures.save")}>
      <Stack gap="sm">
        <TextInput
          label={t("figures.name")}
          value={title}
          maxLength={200}
          data-autofocus
          onChange={(event) => {
            setTitle(event.currentTarget.value);
          }}
        />
        <Switch
          label={t("figures.mail_it")}
          checked={schedule !== null}
          onChange={(event) => {
            setSchedule(event.currentTarget.checked ? firstSchedule(locale) : null);
          }}
        />
        {schedule !== null && (
          <>
            {!canMail && <Text size="sm">{t("figures.no_mail_server")}</Text>}
            <TextInput
              label={t("figures.recipients")}
              placeholder="head@example.org"
              value={addresses}
              onChange={(event) => {
                setAddresses(event.currentTarget.value);
              }}
            />
            <Select
              label={t("figures.cadence")}
              data={(["daily", "weekly", "monthly"] as const).map((value) => ({
                value,
                label: t(`figures.cadence.${value}`),
              }))}
              value={schedule.cadence}
              allowDeselect={false}
              onChange={(value) => {
                change({ cadence: value as ReportSchedule["cadence"] });
              }}
            />
            {schedule.cadence === "weekly" && (
              <Select
                label={t("figures.weekday")}
                data={WEEKDAYS.map((day) => ({
                  value: String(day),
                  label: new Intl.DateTimeFormat(locale, { weekday: "long" }).format(
                    MONDAY_MS + day * 86_400_000,
                  ),
                }))}
                value={String(schedule.weekday)}
                allowDeselect={false}
                onChange={(value) => {
                  change({ weekday: Number(value) });
                }}
              />
            )}
            {schedule.cadence === "monthly" && (
              <NumberInput
                label={t("figures.month_day")}
                min={1}
                max={31}
                value={schedule.month_day}
                onChange={(value) => {
                  change({ month_day: Math.min(31, Math.max(1, Number(value) || 1)) });
                }}
              />
            )}
            <TextInput
              type="time"
              label={t("figures.at")}
              value={timeOf(schedule.minute_of_day)}
              onChange={(event) => {
                const [hours = 8, minutes = 0] = event.currentTarget.value.split(":").map(Number);
                change({ minute_of_day: hours * 60 + minutes });
              }}
            />
            <Select
              label={t("figures.format")}
              data={["xlsx", "pdf", "csv"].map((value) => ({ value, label: value.toUpperCase() }))}
              value={schedule.file_format}
              allowDeselect={false}
              onChange={(value) => {
                change({ file_format: (value ?? "xlsx") as "xlsx" | "pdf" | "csv" });
              }}
            />
            {saved !== null && <Mailings reportId={saved.report_id} />}
          </>
        )}
        <Group justify="end" gap="xs">
          {saved !== null && (
            <Button
              variant="default"
              disabled={title.trim() === ""}
              onClick={() => {
                save(true);
              }}
            >
              {t("figures.save_as_new")}
            </Button>
          )}
          <Button
            disabled={title.trim() === "" || (schedule !== null && addresses.trim() === "")}
            onClick={() => {
              save(false);
            }}
          >
            {t("figures.keep")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function firstSchedule(locale: ReportSchedule["locale"]): ReportSchedule {
  return {
    cadence: "weekly",
    recipients: [],
    minute_of_day: 480,
    weekday: 0,
    month_day: 1,
    file_format: "xlsx",
    locale,
  };
}

function timeOf(minute: number): string {
  const twoDigits = (value: number) => String(value).padStart(2, "0");
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

function Mailings({ reportId }: { reportId: string }) {
  const { t, dateTime } = useLanguage();
  const mailings = useFetched(() => ownReports.mailings(reportId), [reportId]);
  return mailings.value?.items.slice(0, 5).map((mailing) => (
    <Text key={mailing.due_ms} size="xs" c="dimmed">
      {dateTime(mailing.due_ms)} · {t(`figures.mailing.${mailing.state}`)}
      {mailing.detail !== "" && ` (${mailing.detail})`}
    </Text>
  ));
}
