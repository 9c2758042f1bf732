import { Button, Group, MultiSelect, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import type { BoardText, Tile } from "../api/types";
import { useSettings } from "../app/workplace";
import floor from "../floor/Floor.module.css";
import { useLanguage } from "../i18n";

interface Props {
  board: BoardText;
  onSave: (board: BoardText) => void;
  onClose: () => void;
}

const KINDS: Tile["kind"][] = ["figure", "queues", "agents", "flows", "trend", "note"];
const METRICS: Tile["metric"][] = [
  "waiting",
  "oldest",
  "service_level",
  "offered",
  "answered",
  "abandoned",
  "idle",
];
const TREND_METRICS: Tile["metric"][] = ["offered", "answered", "abandoned", "service_level"];
const THEMES: BoardText["theme"][] = ["light", "dark", "contrast"];
const TILES_MAX = 24;

/** Puts a wallboard together, tile by tile. */
export function BoardForm({ board, onSave, onClose }: Props) {
  const { t } = useLanguage();
  const [draft, setDraft] = useState(board);
  const put = (number: number, part: Partial<Tile>) => {
    const tiles = draft.tiles.map((tile, i) => (i === number ? { ...tile, ...part } : tile));
    setDraft({ ...draft, tiles });
  };
  return (
    <Stack gap="md" maw={760}>
      <Group align="end">
        <TextInput
          style={{ flex: 1 }}
          label={t("wall.name")}
          value={draft.name}
          maxLength={200}
          onChange={(event) => {
            setDraft({ ...draft, name: event.currentTarget.value });
          }}
        />
        <Select
          label={t("wall.theme")}
          allowDeselect={false}
          data={THEMES.map((value) => ({ value, label: t(`wall.theme.${value}`) }))}
          value={draft.theme}
          onChange={(value) => {
            setDraft({ ...draft, theme: value ?? "dark" });
          }}
        />
      </Group>
      {draft.tiles.map((tile, number) => (
        <TileFields
          key={number}
          tile={tile}
          number={number}
          onChange={(part) => {
            put(number, part);
          }}
          onDrop={() => {
            setDraft({ ...draft, tiles: draft.tiles.filter((_, i) => i !== number) });
          }}
        />
      ))}
      <Group justify="space-between">
        <Button
          variant="default"
          disabled={draft.tiles.length >= TILES_MAX}
          onClick={() => {
            const tile: Tile = {
              kind: "figure",
              title: "",
              metric: "waiting",
              queue_ids: [],
              width: 1,
            };
            setDraft({ ...draft, tiles: [...draft.tiles, tile] });
          }}
        >
          {t("wall.add")}
        </Button>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button
            disabled={draft.name.trim() === ""}
            onClick={() => {
              onSave(draft);
            }}
          >
            {t("wall.save")}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

interface TileProps {
  tile: Tile;
  number: number;
  onChange: (part: Partial<Tile>) => void;
  onDrop: () => void;
}

function TileFields({ tile, number, onChange, onDrop }: TileProps) {
  const { t } = useLanguage();
  const queues = useSettings("queue");
  const metrics = tile.kind === "trend" ? TREND_METRICS : METRICS;
  const hasMetric = tile.kind === "figure" || tile.kind === "trend";
  const hasQueues = hasMetric || tile.kind === "queues";
  const name = t("wall.tile", { number: number + 1 });
  return (
    <section className={floor.card} aria-label={name}>
      <div className={floor.cardHead}>
        <h2 className={floor.cardTitle}>{name}</h2>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={t("wall.drop", { number: number + 1 })}
          onClick={onDrop}
        >
          {t("wall.remove")}
        </Button>
      </div>
      <Group p="sm" align="end" gap="sm">
        <Select
          label={t("wall.kind")}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`wall.kind.${value}`) }))}
          value={tile.kind}
          onChange={(value) => {
            if (value !== null)
              onChange({
                kind: value,
                ...(value === "trend" ? { metric: "offered" as const } : {}),
              });
          }}
        />
        {hasMetric && (
          <Select
            label={t("wall.metric")}
            allowDeselect={false}
            data={metrics.map((value) => ({ value, label: t(`wall.metric.${value}`) }))}
            value={tile.metric}
            onChange={(value) => {
              if (value !== null) onChange({ metric: value });
            }}
          />
        )}
        <TextInput
          label={t("wall.tile_title")}
          value={tile.title}
          maxLength={200}
          onChange={(event) => {
            onChange({ title: event.currentTarget.value });
          }}
        />
        <Select
          label={t("wall.width")}
          allowDeselect={false}
          w={90}
          data={["1", "2", "3", "4"]}
          value={String(tile.width)}
          onChange={(value) => {
            onChange({ width: Number(value) });
          }}
        />
        {hasQueues && (
          <MultiSelect
            style={{ flex: "1 1 260px" }}
            label={t("wall.queues")}
            data={queues.map((queue) => ({ value: queue.queue_id, label: queue.name }))}
            value={tile.queue_ids}
            onChange={(value) => {
              onChange({ queue_ids: value });
            }}
          />
        )}
      </Group>
    </section>
  );
}
