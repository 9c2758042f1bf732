import {
  ActionIcon,
  Badge,
  Button,
  FileButton,
  Group,
  Menu,
  SegmentedControl,
  Text,
  Tooltip,
} from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconDots,
  IconFileExport,
  IconFileImport,
  IconHistory,
  IconLayoutGrid,
} from "@tabler/icons-react";
import { useRef } from "react";
import { useLocation } from "wouter";
import { complain } from "../app/toast";
import { useLanguage, type Language } from "../i18n";
import { change, redoIn, undoIn, useDesign, useDesignStore, useFlow } from "./design";
import type { View } from "./DesignPage";
import type { DraftKeeper } from "./drafts";
import classes from "./Flows.module.css";
import { readFile, readingProblem, saveFile } from "./importing";
import { isUnplaced, laidOut } from "./layout";
import { useLiveFlow } from "./live";
import type { Flow } from "./model";

interface Props {
  published: Flow | null;
  keeper: DraftKeeper;
  /** Null: there is but one. */
  view: View | null;
  setView: (view: View) => void;
  openDialog: (dialog: "publish" | "versions") => void;
}

export function DesignBar({ published, keeper, view, setView, openDialog }: Props) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const flow = useFlow();
  return (
    <header className={classes.bar}>
      <Tooltip label={t("kind.flow.many")}>
        <ActionIcon
          aria-label={t("kind.flow.many")}
          onClick={() => {
            navigate("/admin/flows");
          }}
        >
          <IconArrowLeft size={18} />
        </ActionIcon>
      </Tooltip>
      <h1 className={classes.name}>{flow.name || t("flow.unnamed")}</h1>
      {published !== null && (
        <Badge>{t("flow.published_as", { version: published.version })}</Badge>
      )}
      <Running flowId={flow.flow_id} />
      <Text size="xs" c="dimmed" data-saving={keeper.saving.name}>
        <SavingText keeper={keeper} />
      </Text>
      <div className={classes.spacer} />
      <UndoRedo />
      {view !== null && (
        <SegmentedControl
          size="xs"
          aria-label={t("flow.view")}
          value={view}
          onChange={(value) => {
            setView(value === "outline" ? "outline" : "drawing");
          }}
          data={[
            { value: "drawing", label: t("flow.drawing") },
            { value: "outline", label: t("flow.outline") },
          ]}
        />
      )}
      <MoreMenu openVersions={() => openDialog("versions")} />
      <Button
        onClick={() => {
          openDialog("publish");
        }}
      >
        {t("flow.publish")}
      </Button>
    </header>
  );
}

function Running({ flowId }: { flowId: string }) {
  const { t } = useLanguage();
  const running = useLiveFlow(flowId)?.running ?? 0;
  return running === 0 ? null : (
    <Badge color="teal">{t("flow.running_now", { count: running })}</Badge>
  );
}

function SavingText({ keeper }: { keeper: DraftKeeper }) {
  const language = useLanguage();
  return <>{savingText(keeper, language)}</>;
}

function savingText({ saving }: DraftKeeper, { t, time }: Language): string {
  if (saving.name === "unchanged") return "";
  return t(
    `flow.saving.${saving.name}`,
    saving.name === "saved" ? { time: time(saving.atMs) } : {},
  );
}

function UndoRedo() {
  const { t } = useLanguage();
  const design = useDesignStore();
  const canUndo = useDesign((state) => state.history.past.length > 0);
  const canRedo = useDesign((state) => state.history.future.length > 0);
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={`${t("flow.undo")} · Ctrl Z`}>
        <ActionIcon aria-label={t("flow.undo")} disabled={!canUndo} onClick={() => undoIn(design)}>
          <IconArrowBackUp size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${t("flow.redo")} · Ctrl Y`}>
        <ActionIcon aria-label={t("flow.redo")} disabled={!canRedo} onClick={() => redoIn(design)}>
          <IconArrowForwardUp size={18} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

function MoreMenu({ openVersions }: { openVersions: () => void }) {
  const { t } = useLanguage();
  const design = useDesignStore();
  const flow = useFlow();
  const reset = useRef<() => void>(null);
  const importFile = async (file: File | null) => {
    reset.current?.();
    if (file === null) return;
    const reading = await readFile(file);
    if (!("flow" in reading)) {
      complain(readingProblem(reading, t));
      return;
    }
    const { flow_id } = flow;
    const placed = isUnplaced(reading.flow) ? laidOut(reading.flow) : reading.flow;
    change(design, () => ({ ...placed, flow_id }));
  };
  return (
    <FileButton
      accept="application/json,.json"
      resetRef={reset}
      onChange={(file) => void importFile(file)}
    >
      {({ onClick }) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t("flow.more")}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconHistory size={16} />} onClick={openVersions}>
              {t("flow.versions")}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconLayoutGrid size={16} />}
              onClick={() => {
                change(design, laidOut);
              }}
            >
              {t("flow.arrange")}
            </Menu.Item>
            <Menu.Item leftSection={<IconFileImport size={16} />} onClick={onClick}>
              {t("flow.import")}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconFileExport size={16} />}
              onClick={() => {
                saveFile(flow);
              }}
            >
              {t("flow.export")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </FileButton>
  );
}
