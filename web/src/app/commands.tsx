// What can be done from here, by palette or by a single key. Components offer commands while shown.
import { Spotlight, spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { Group, Kbd, Modal, Stack, Switch, Table, Text } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useMemo, useRef } from "react";
import { create } from "zustand";
import { useLanguage } from "../i18n";
import { prefer, usePreferences } from "./preferences";

export interface Command {
  id: string;
  group: string;
  label: string;
  /** What else it is about: found by the palette, shown small. */
  hint?: string;
  key?: string;
  run: () => void;
}

const useOffered = create<{ lists: Record<number, Command[]> }>(() => ({ lists: {} }));
let nextList = 0;

/** Offers commands while the component is shown. They may change at every rendering. */
export function useCommands(commands: Command[]): void {
  const list = useRef<number | null>(null);
  const signature = commands.map((each) => `${each.id}|${each.label}|${each.key ?? ""}`).join("\n");
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    const number = (list.current ??= nextList++);
    const stable = latest.current.map((command) => ({
      ...command,
      run: () => {
        latest.current.find((each) => each.id === command.id)?.run();
      },
    }));
    useOffered.setState(({ lists }) => ({ lists: { ...lists, [number]: stable } }));
    return () => {
      useOffered.setState(({ lists }) => ({
        lists: Object.fromEntries(
          Object.entries(lists).filter(([each]) => Number(each) !== number),
        ),
      }));
    };
  }, [signature]);
}

function useAllCommands(): Command[] {
  const lists = useOffered((state) => state.lists);
  return useMemo(() => Object.values(lists).flat(), [lists]);
}

const useHelp = create(() => ({ open: false }));

export function openHelp(): void {
  useHelp.setState({ open: true });
}

export function openPalette(): void {
  spotlight.open();
}

function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

function useSingleKeys(commands: Command[]): void {
  const enabled = usePreferences((state) => state.singleKeys);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (takesText(event.target) || document.querySelector("[aria-modal=true]") !== null) return;
      const command = commands.find((each) => each.key === event.key);
      if (command === undefined || (!enabled && command.key !== "?")) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
    };
  }, [commands, enabled]);
}

export function CommandCentre() {
  const { t } = useLanguage();
  useCommands([
    { id: "help", group: t("commands.app"), label: t("commands.help"), key: "?", run: openHelp },
  ]);
  const commands = useAllCommands();
  useSingleKeys(commands);
  const groups: SpotlightActionGroupData[] = Object.entries(
    Object.groupBy(commands, (command) => command.group),
  ).map(([group, members]) => ({
    group,
    actions: (members ?? []).map((command) => ({
      id: command.id,
      label: command.label,
      description: command.hint ?? "",
      onClick: command.run,
      rightSection: command.key === undefined ? null : <Kbd size="xs">{command.key}</Kbd>,
    })),
  }));
  return (
    <>
      <Spotlight
        actions={groups}
        shortcut={["mod + K"]}
        tagsToIgnore={[]}
        nothingFound={t("commands.nothing")}
        highlightQuery
        attributes={{ content: { "aria-label": t("commands.palette") } }}
        scrollable
        maxHeight={420}
        searchProps={{
          placeholder: t("commands.search"),
          "aria-label": t("commands.search"),
          leftSection: <IconSearch size={18} stroke={1.5} />,
        }}
      />
      <KeyHelp commands={commands} />
    </>
  );
}

function KeyHelp({ commands }: { commands: Command[] }) {
  const { t } = useLanguage();
  const { open } = useHelp();
  const enabled = usePreferences((state) => state.singleKeys);
  return (
    <Modal
      opened={open}
      onClose={() => {
        useHelp.setState({ open: false });
      }}
      title={t("keys.title")}
    >
      <Stack>
        <Switch
          checked={enabled}
          onChange={(event) => {
            prefer({ singleKeys: event.currentTarget.checked });
          }}
          label={t("keys.enable")}
          description={t("keys.enable_hint")}
        />
        <Table verticalSpacing={6} withRowBorders={false}>
          <Table.Tbody>
            <KeyRow keys={["Ctrl", "K"]} label={t("commands.palette")} />
            {commands.map(
              ({ id, key, label }) => key && <KeyRow key={id} keys={[key]} label={label} />,
            )}
          </Table.Tbody>
        </Table>
        <div>
          <Text size="sm" fw={600} component="h3" m={0}>
            {t("keys.writing")}
          </Text>
          <Table verticalSpacing={6} withRowBorders={false}>
            <Table.Tbody>
              <KeyRow keys={["Enter"]} label={t("composer.send")} />
              <KeyRow keys={["Shift", "Enter"]} label={t("keys.new_line")} />
              <KeyRow keys={["Esc"]} label={t("keys.leave")} />
            </Table.Tbody>
          </Table>
        </div>
      </Stack>
    </Modal>
  );
}

function KeyRow({ keys, label }: { keys: string[]; label: string }) {
  return (
    <Table.Tr>
      <Table.Td w={140}>
        <Group gap={4}>
          {keys.map((each) => (
            <Kbd key={each}>{each}</Kbd>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>{label}</Table.Td>
    </Table.Tr>
  );
}
