import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { settings } from "../api/calls";
import { ApiError } from "../api/client";
import { messageOf, say } from "../app/toast";
import { useLanguage } from "../i18n";
import { flows } from "./api";
import { ChangeList } from "./ChangeList";
import { errorsOf, flowOf, useDesign, useDesignStore, useFlow } from "./design";
import { changesBetween } from "./diff";
import { EMPTY_FLOW, type Flow } from "./model";
import { ProblemList } from "./ProblemList";

interface Props {
  opened: boolean;
  published: Flow | null;
  onClose: () => void;
  onPublished: () => void;
}

/** Puts a flow into force as the next version, and forgets its draft. */
export async function publish(flow: Flow, published: Flow | null): Promise<Flow> {
  const next = { ...flow, version: (published?.version ?? 0) + 1 };
  await settings.save("flow", flow.flow_id, next);
  try {
    await flows.dropDraft(flow.flow_id);
  } catch (error) {
    // It was never saved: that is what was wanted.
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
  return next;
}

/** What would change, and the button that makes it so. */
export function Publishing({ opened, published, onClose, onPublished }: Props) {
  const { t } = useLanguage();
  return (
    <Modal opened={opened} onClose={onClose} title={t("flow.publish_title")} size="lg">
      {opened && <Summary published={published} onClose={onClose} onPublished={onPublished} />}
    </Modal>
  );
}

function Summary({ published, onClose, onPublished }: Omit<Props, "opened">) {
  const { t } = useLanguage();
  const design = useDesignStore();
  const flow = useFlow();
  const problems = useDesign((state) => state.problems);
  const errors = errorsOf(problems);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const changes = changesBetween(published ?? EMPTY_FLOW, flow);
  const version = (published?.version ?? 0) + 1;
  const go = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      await publish(flowOf(design), published);
      onPublished();
      onClose();
      say(t("flow.published", { name: flow.name, version }));
    } catch (error) {
      setRefusal(messageOf(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack gap="sm">
      {refusal !== null && (
        <Alert color="red" variant="light" role="alert" p="xs">
          {refusal}
        </Alert>
      )}
      {errors.length > 0 && (
        <section aria-label={t("flow.problems")}>
          <Text size="sm" fw={600} mb={4}>
            {t("flow.publish_problems")}
          </Text>
          <ProblemList />
        </section>
      )}
      <section aria-label={t("flow.changes")}>
        <Text size="sm" fw={600} mb={4}>
          {published === null
            ? t("flow.first_version")
            : t("flow.changes_since", { version: published.version })}
        </Text>
        <ChangeList changes={changes} />
      </section>
      <Text size="xs" c="dimmed">
        {t("flow.publish_hint")}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button
          data-autofocus
          loading={busy}
          disabled={errors.length > 0 || flow.nodes.length === 0}
          onClick={() => void go()}
        >
          {t("flow.publish_as", { version })}
        </Button>
      </Group>
    </Stack>
  );
}
