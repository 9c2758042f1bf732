import { Alert, Badge, Button, Group, SegmentedControl, Tabs } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { use, useState } from "react";
import { useCommands } from "../app/commands";
import { useLanguage } from "../i18n";
import type { Draft } from "./api";
import { useChecking } from "./checking";
import {
  change,
  errorsOf,
  redoIn,
  showPanel,
  undoIn,
  useDesign,
  useDesignStore,
  type Panel,
} from "./design";
import { DesignBar } from "./DesignBar";
import { useDraftKeeper, type DraftKeeper } from "./drafts";
import { Drawing } from "./Drawing";
import classes from "./Flows.module.css";
import { FlowForm } from "./FlowForm";
import { NodeForm } from "./form/NodeForm";
import { laidOut } from "./layout";
import { NODE_KINDS, type Flow } from "./model";
import { Outline } from "./Outline";
import { KindPalette } from "./KindPalette";
import { PickKind, Picking, openEnd, useAdding } from "./picking";
import { ProblemList } from "./ProblemList";
import { Publishing } from "./Publishing";
import { TryOut } from "./TryOut";
import { Versions } from "./Versions";

export type View = "drawing" | "outline";

interface Props {
  published: Flow | null;
  draft: Draft | null;
  /** Loads the flow anew: somebody else's draft, or what is published. */
  beginAgain: () => void;
}

/** The designer: bar, palette, drawing or outline, and at the side what is known and tried. */
export function DesignPage(props: Props) {
  return (
    <Picking>
      <Workbench {...props} />
    </Picking>
  );
}

function Workbench({ published, draft, beginAgain }: Props) {
  const isNarrow = useMediaQuery("(max-width: 62em)", false, { getInitialValueInEffect: false });
  const [wanted, setWanted] = useState<View>("drawing");
  const view: View = isNarrow ? "outline" : wanted;
  const keeper = useDraftKeeper(draft?.revision ?? 0);
  const [dialog, setDialog] = useState<"publish" | "versions" | null>(null);
  const close = () => {
    setDialog(null);
  };
  useChecking();
  useDesignCommands(setWanted, setDialog);
  return (
    <div className={classes.designer} data-narrow={isNarrow || undefined}>
      <DesignBar
        published={published}
        keeper={keeper}
        view={isNarrow ? null : view}
        setView={setWanted}
        openDialog={setDialog}
      />
      <Overtaken keeper={keeper} beginAgain={beginAgain} />
      {isNarrow ? <Narrow /> : <Wide view={view} />}
      <Publishing
        opened={dialog === "publish"}
        published={published}
        onClose={close}
        onPublished={keeper.settle}
      />
      <Versions opened={dialog === "versions"} published={published} onClose={close} />
    </div>
  );
}

function Wide({ view }: { view: View }) {
  const pick = use(PickKind);
  return (
    <div className={classes.bench}>
      <KindPalette />
      {view === "drawing" ? (
        <Drawing
          onOpenEnd={(from, place) => {
            pick?.(from, place);
          }}
        />
      ) : (
        <Outline />
      )}
      <aside className={classes.side}>
        <Side />
      </aside>
    </div>
  );
}

/** One thing at a time: the outline, or what stands beside it. */
function Narrow() {
  const { t } = useLanguage();
  const design = useDesignStore();
  const panel = useDesign((state) => state.panel);
  const [outline, setOutline] = useState(true);
  const formFocus = useDesign((state) => state.formFocus);
  const [seenFocus, setSeenFocus] = useState(formFocus);
  if (formFocus !== seenFocus) {
    setSeenFocus(formFocus);
    setOutline(false);
  }
  return (
    <>
      <SegmentedControl
        fullWidth
        size="xs"
        m={8}
        value={outline ? "outline" : panel}
        onChange={(value) => {
          setOutline(value === "outline");
          if (value !== "outline") showPanel(design, value);
        }}
        data={[
          { value: "outline", label: t("flow.outline") },
          { value: "node", label: t("flow.node") },
          { value: "try", label: t("flow.try") },
          { value: "flow", label: t("kind.flow.one") },
        ]}
      />
      <div className={classes.narrow}>{outline ? <Outline /> : <PanelBody panel={panel} />}</div>
    </>
  );
}

function Side() {
  const { t } = useLanguage();
  const design = useDesignStore();
  const panel = useDesign((state) => state.panel);
  const problems = useDesign((state) => state.problems);
  return (
    <Tabs
      value={panel}
      onChange={(value) => {
        showPanel(design, (value ?? "flow") as Panel);
      }}
      className={classes.tabs}
      keepMounted={false}
    >
      <Tabs.List grow>
        <Tabs.Tab value="flow">{t("kind.flow.one")}</Tabs.Tab>
        <Tabs.Tab value="node">{t("flow.node")}</Tabs.Tab>
        <Tabs.Tab value="try">{t("flow.try")}</Tabs.Tab>
        <Tabs.Tab
          value="problems"
          rightSection={
            problems.length > 0 && (
              <Badge size="sm" color={errorsOf(problems).length > 0 ? "orange" : "gray"} circle>
                {problems.length}
              </Badge>
            )
          }
        >
          {t("flow.problems")}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value={panel} className={classes.panel}>
        <PanelBody panel={panel} />
      </Tabs.Panel>
    </Tabs>
  );
}

function PanelBody({ panel }: { panel: Panel }) {
  switch (panel) {
    case "node":
      return <SelectedNode />;
    case "try":
      return <TryOut />;
    case "flow":
      return <FlowForm />;
    case "problems":
      return <ProblemList />;
  }
}

function SelectedNode() {
  const { t } = useLanguage();
  const selected = useDesign((state) => state.selected);
  const [only] = selected;
  if (selected.length > 1) return <p>{t("flow.selected", { count: selected.length })}</p>;
  if (only === undefined) return <p className={classes.dimmed}>{t("flow.none_selected")}</p>;
  return <NodeForm key={only} nodeId={only} />;
}

function Overtaken({ keeper, beginAgain }: { keeper: DraftKeeper; beginAgain: () => void }) {
  const { t } = useLanguage();
  if (keeper.saving.name !== "overtaken") return null;
  return (
    <Alert color="orange" variant="light" role="alert" p="xs" m={8} title={t("flow.overtaken")}>
      <Group gap="xs" mt={4}>
        <Button size="compact-sm" onClick={beginAgain}>
          {t("flow.take_theirs")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={keeper.insist}>
          {t("flow.keep_mine")}
        </Button>
      </Group>
    </Alert>
  );
}

function useDesignCommands(
  setView: (view: View) => void,
  openDialog: (dialog: "publish" | "versions") => void,
): void {
  const { t } = useLanguage();
  const design = useDesignStore();
  const add = useAdding();
  const group = t("kind.flow.one");
  useCommands([
    { id: "flow.publish", group, label: t("flow.publish"), run: () => openDialog("publish") },
    { id: "flow.versions", group, label: t("flow.versions"), run: () => openDialog("versions") },
    { id: "flow.try", group, label: t("flow.try"), run: () => showPanel(design, "try") },
    {
      id: "flow.problems",
      group,
      label: t("flow.problems"),
      run: () => showPanel(design, "problems"),
    },
    { id: "flow.undo", group, label: t("flow.undo"), run: () => undoIn(design) },
    { id: "flow.redo", group, label: t("flow.redo"), run: () => redoIn(design) },
    { id: "flow.layout", group, label: t("flow.arrange"), run: () => change(design, laidOut) },
    { id: "flow.drawing", group, label: t("flow.drawing"), run: () => setView("drawing") },
    { id: "flow.outline", group, label: t("flow.outline"), run: () => setView("outline") },
    ...NODE_KINDS.map((kind) => ({
      id: `flow.add.${kind}`,
      group: t("flow.add_node"),
      label: t("flow.add_kind", { kind: t(`flow.kind.${kind}`) }),
      hint: t(`flow.kind.${kind}.hint`),
      run: () => {
        add(kind, openEnd(design), null);
      },
    })),
  ]);
}
