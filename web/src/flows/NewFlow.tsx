import {
  Button,
  FileButton,
  Group,
  Modal,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { IconFileImport, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { newIdFor } from "../admin/entities";
import { complain } from "../app/toast";
import { useAction } from "../app/useAction";
import { useLanguage } from "../i18n";
import { useFetched } from "../ui/useFetched";
import { flows } from "./api";
import { completed } from "./document";
import classes from "./Flows.module.css";
import { readFile, readingProblem } from "./importing";
import { EMPTY_FLOW, type Flow } from "./model";

interface Props {
  opened: boolean;
  taken: Set<string>;
  onClose: () => void;
}

/** A new flow: empty, from a ready one, or from a file. It begins as a draft. */
export function NewFlow({ opened, taken, onClose }: Props) {
  const { t } = useLanguage();
  return (
    <Modal opened={opened} onClose={onClose} title={t("flow.add")} size="lg">
      {opened && <Choosing taken={taken} />}
    </Modal>
  );
}

function Choosing({ taken }: { taken: Set<string> }) {
  const { t, locale } = useLanguage();
  const [, navigate] = useLocation();
  const [busy, run] = useAction();
  const [name, setName] = useState("");
  const templates = useFetched(() => flows.templates(locale), [locale]);
  const begin = (model: Flow) =>
    void run(async () => {
      const called = name.trim() || model.name || t("flow.unnamed");
      const flow_id = newIdFor(called, taken, "flow");
      await flows.saveDraft({ ...model, flow_id, name: called, version: 1 }, 0);
      navigate(`/admin/flows/${flow_id}`);
    });
  const beginFrom = (document: unknown) => {
    const reading = completed(document);
    if ("flow" in reading) begin(reading.flow);
    else complain(readingProblem(reading, t));
  };
  const importFile = async (file: File | null) => {
    if (file === null) return;
    const reading = await readFile(file);
    if ("flow" in reading) begin(reading.flow);
    else complain(readingProblem(reading, t));
  };
  return (
    <Stack gap="sm">
      <TextInput
        label={t("admin.name")}
        data-autofocus
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      <Group gap="xs">
        <Button
          loading={busy}
          leftSection={<IconPlus size={15} />}
          onClick={() => {
            begin({ ...EMPTY_FLOW, languages: [locale] });
          }}
        >
          {t("flow.begin_empty")}
        </Button>
        <FileButton accept="application/json,.json" onChange={(file) => void importFile(file)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileImport size={15} />}>
              {t("flow.import")}
            </Button>
          )}
        </FileButton>
      </Group>
      {templates.problem !== null && <Text size="sm">{templates.problem}</Text>}
      {(templates.value?.items ?? []).length > 0 && (
        <section aria-label={t("flow.ready")}>
          <Text size="sm" fw={600} mb={6}>
            {t("flow.ready")}
          </Text>
          {templates.value?.items.map((template) => (
            <UnstyledButton
              key={template.template_id}
              className={classes.template}
              data-template={template.template_id}
              disabled={busy}
              onClick={() => {
                beginFrom(template.flow);
              }}
            >
              <b>{template.name}</b>
              <span>{template.description}</span>
            </UnstyledButton>
          ))}
        </section>
      )}
    </Stack>
  );
}
