import { Alert, Button, Code, Stack, Table, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { lookUps } from "../api/calls";
import type { LookUp, LookUpOutcome } from "../api/types";
import { useAction } from "../app/useAction";
import { useSetting } from "../app/workplace";
import { useLanguage } from "../i18n";
import classes from "./Admin.module.css";
import { useEntityActions } from "./useEntityActions";

/** Asks as a flow would, with what is saved; saves first what was changed. */
export function LookUpTry({ form, id }: { form: UseFormReturnType<LookUp>; id: string }) {
  const { t } = useLanguage();
  const [busy, run] = useAction();
  const [outcome, setOutcome] = useState<LookUpOutcome | null>(null);
  const saved = useSetting("look_up", id === "" ? null : id);
  const { save } = useEntityActions("look_up", () => undefined);
  const { parameters, example } = form.values;
  const changed = saved !== undefined && JSON.stringify(saved) !== JSON.stringify(form.values);
  const attempt = () =>
    void run(async () => {
      if (form.validate().hasErrors) return;
      if (changed) await save(form.values, saved);
      const given = parameters.map((name): [string, string] => [name, example[name] ?? ""]);
      setOutcome(await lookUps.attempt(id, Object.fromEntries(given)));
    });
  return (
    <section className={classes.tryOut} aria-label={t("look_up.try")}>
      <Stack gap="sm">
        <Text fw={600} size="sm">
          {t("look_up.try")}
        </Text>
        <Text size="sm" c="dimmed">
          {t(id === "" ? "look_up.try_later" : "look_up.try_hint")}
        </Text>
        {parameters.map((name) => (
          <TextInput
            key={name}
            label={name}
            value={example[name] ?? ""}
            onChange={(event) => {
              form.setFieldValue("example", { ...example, [name]: event.currentTarget.value });
            }}
          />
        ))}
        {id !== "" && (
          <Button
            variant="light"
            loading={busy}
            leftSection={<IconPlayerPlay size={15} />}
            onClick={attempt}
          >
            {t(changed ? "look_up.save_and_try" : "look_up.try_now")}
          </Button>
        )}
        <div aria-live="polite">{outcome !== null && <Outcome outcome={outcome} />}</div>
      </Stack>
    </section>
  );
}

function Outcome({ outcome }: { outcome: LookUpOutcome }) {
  const { t } = useLanguage();
  const { error, result, took_ms } = outcome;
  return (
    <Stack gap={8}>
      <Text size="xs" c="dimmed">
        {t("look_up.took", { time: took_ms })}
      </Text>
      {error !== null && (
        <Alert color="red" variant="light" title={t(`look_up.error.${error.code}`)}>
          <Text size="sm">{t(`look_up.advice.${error.code}`)}</Text>
          <Code className={classes.detail ?? ""} lang="en">
            {error.detail}
          </Code>
        </Alert>
      )}
      {result !== null && <Result result={result} />}
    </Stack>
  );
}

function Result({ result }: { result: Record<string, unknown> }) {
  const { t } = useLanguage();
  return (
    <Table className={classes.result ?? ""} aria-label={t("look_up.result")}>
      <Table.Tbody>
        {Object.entries(result).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{name}</Table.Th>
            <Table.Td>{typeof value === "string" ? value : JSON.stringify(value)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
