import { Badge, Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { audit } from "../api/calls";
import type { SettingChange } from "../api/types";
import { say } from "../app/toast";
import { useAction } from "../app/useAction";
import { useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { useStream } from "../stream/stream";
import { useFetched } from "../ui/useFetched";
import { ChangeList } from "./ChangeList";
import { DesignProvider, change, useDesignStore, useFlow } from "./design";
import { changesBetween } from "./diff";
import { completed } from "./document";
import { Drawing } from "./Drawing";
import classes from "./Flows.module.css";
import { isUnplaced, laidOut } from "./layout";
import type { Flow } from "./model";
import { Outline } from "./Outline";
import { PickKind } from "./picking";
import { publish } from "./Publishing";
import { Loading } from "../ui/Loading";

interface Props {
  opened: boolean;
  published: Flow | null;
  onClose: () => void;
}

interface Version {
  seq: number;
  atMs: number;
  actor: string;
  flow: Flow;
}

/** The versions that have been in force: to look at, to compare, to publish again. */
export function Versions({ opened, published, onClose }: Props) {
  const { t } = useLanguage();
  return (
    <Drawer opened={opened} onClose={onClose} title={t("flow.versions")} size={720}>
      {opened && <VersionList published={published} onClose={onClose} />}
    </Drawer>
  );
}

function VersionList({ published, onClose }: Omit<Props, "opened">) {
  const { t, dateTime } = useLanguage();
  const { stream } = useWorkplace();
  const colleagues = useStream(stream, (state) => state.picture.collections.colleagues);
  const { flow_id } = useFlow();
  const page = useFetched(
    () => audit.of("flow", flow_id, null),
    [flow_id, published?.version ?? 0],
  );
  const [shown, setShown] = useState<number | null>(null);
  if (page.problem !== null) return <Text size="sm">{page.problem}</Text>;
  if (page.value === null) return <Loading />;
  const versions = page.value.items.flatMap(versionOf);
  if (versions.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("flow.no_versions")}
      </Text>
    );
  const whoIs = (actor: string) => colleagues[actor.replace(/^agent:/, "")]?.name ?? actor;
  return (
    <Stack gap="sm">
      {versions.map((version) => (
        <section
          key={version.seq}
          className={classes.part}
          aria-label={t("flow.published_as", { version: version.flow.version })}
        >
          <Group gap="xs">
            <Text size="sm" fw={600}>
              {t("flow.version", { version: version.flow.version })}
            </Text>
            {version.flow.version === published?.version && <Badge>{t("flow.in_force")}</Badge>}
            <Text size="sm" c="dimmed" flex={1}>
              {dateTime(version.atMs)} · {whoIs(version.actor)}
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              aria-expanded={shown === version.seq}
              onClick={() => {
                setShown(shown === version.seq ? null : version.seq);
              }}
            >
              {t("flow.preview")}
            </Button>
          </Group>
          {shown === version.seq && (
            <Preview version={version} published={published} onClose={onClose} />
          )}
        </section>
      ))}
    </Stack>
  );
}

function versionOf({ seq, at_ms, actor, entity }: SettingChange): Version[] {
  const reading = completed(entity);
  if (!("flow" in reading)) return [];
  const flow = isUnplaced(reading.flow) ? laidOut(reading.flow) : reading.flow;
  return [{ seq, atMs: at_ms, actor, flow }];
}

interface PreviewProps {
  version: Version;
  published: Flow | null;
  onClose: () => void;
}

function Preview({ version, published, onClose }: PreviewProps) {
  const { t } = useLanguage();
  const design = useDesignStore();
  const [busy, run] = useAction();
  const { flow } = version;
  const again = () =>
    void run(async () => {
      const next = await publish(flow, published);
      say(t("flow.published", { name: next.name, version: next.version }));
    });
  const isInForce = flow.version === published?.version;
  return (
    <>
      <DesignProvider flow={flow} readOnly>
        <PickKind value={null}>
          <div className={classes.preview}>
            <Drawing />
          </div>
          <details>
            <summary>{t("flow.outline")}</summary>
            <Outline />
          </details>
        </PickKind>
      </DesignProvider>
      {published !== null && !isInForce && (
        <details>
          <summary>{t("flow.compared", { version: published.version })}</summary>
          <ChangeList changes={changesBetween(flow, published)} />
        </details>
      )}
      <Group gap="xs" mt="xs" justify="flex-end">
        <Button
          variant="default"
          onClick={() => {
            change(design, (before) => ({ ...flow, version: before.version }));
            onClose();
          }}
        >
          {t("flow.edit_version")}
        </Button>
        {!isInForce && (
          <Button loading={busy} onClick={again}>
            {t("flow.publish_again")}
          </Button>
        )}
      </Group>
    </>
  );
}
