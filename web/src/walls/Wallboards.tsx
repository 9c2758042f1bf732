import { Badge, Button, Code, Group, Stack, Text } from "@mantine/core";
import { IconDeviceTv } from "@tabler/icons-react";
import { useState } from "react";
import { wallboards } from "../api/calls";
import type { BoardText, Wallboard } from "../api/types";
import { complain, messageOf } from "../app/toast";
import floor from "../floor/Floor.module.css";
import { useLanguage } from "../i18n";
import { Empty } from "../ui/Empty";
import { Loading } from "../ui/Loading";
import { useFetched } from "../ui/useFetched";
import { BoardForm } from "./BoardForm";

type Editing = { boardId: string | null; board: BoardText } | null;

/** The centre’s wallboards: to put together, to open, to share. */
export function Wallboards() {
  const { t } = useLanguage();
  const boards = useFetched(() => wallboards.list(), []);
  const [editing, setEditing] = useState<Editing>(null);
  const [link, setLink] = useState<{ boardId: string; url: string } | null>(null);
  const act = (work: Promise<unknown>) => {
    work.then(
      () => {
        setEditing(null);
        boards.reload();
      },
      (error: unknown) => {
        complain(messageOf(error, t));
      },
    );
  };
  const begin = () => {
    setEditing({ boardId: null, board: firstBoard(t("wall.first")) });
  };
  if (boards.problem !== null) return <Text size="sm">{boards.problem}</Text>;
  if (boards.value === null) return <Loading size="sm" />;
  if (editing !== null)
    return (
      <BoardForm
        board={editing.board}
        onSave={(board) => {
          act(wallboards.save(editing.boardId, board));
        }}
        onClose={() => {
          setEditing(null);
        }}
      />
    );
  if (boards.value.items.length === 0)
    return (
      <Empty icon={IconDeviceTv} title={t("wall.none")} hint={t("wall.none_hint")}>
        <Button mt="sm" onClick={begin}>
          {t("wall.new")}
        </Button>
      </Empty>
    );
  const share = (board: Wallboard) => {
    act(
      wallboards.share(board.board_id).then(({ path }) => {
        setLink({ boardId: board.board_id, url: `${window.location.origin}${path}` });
      }),
    );
  };
  return (
    <Stack gap="sm" align="stretch">
      <Group justify="end">
        <Button onClick={begin}>{t("wall.new")}</Button>
      </Group>
      {boards.value.items.map((board) => (
        <section key={board.board_id} className={floor.card} aria-label={board.name}>
          <div className={floor.cardHead}>
            <h2 className={floor.cardTitle}>{board.name}</h2>
            {board.is_shared && <Badge color="gray">{t("wall.shared")}</Badge>}
            <Button
              component="a"
              size="xs"
              href={`/wall/own/${board.board_id}`}
              target="_blank"
              rel="noopener"
            >
              {t("wall.open")}
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                const { name, tiles, theme } = board;
                setEditing({ boardId: board.board_id, board: { name, tiles, theme } });
              }}
            >
              {t("wall.edit")}
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                share(board);
              }}
            >
              {t("wall.share")}
            </Button>
            {board.is_shared && (
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  setLink(null);
                  act(wallboards.stopSharing(board.board_id));
                }}
              >
                {t("wall.stop_sharing")}
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                act(wallboards.remove(board.board_id));
              }}
            >
              {t("wall.remove")}
            </Button>
          </div>
          {link?.boardId === board.board_id && (
            <div className={floor.lines}>
              <Text size="sm">{t("wall.share_hint")}</Text>
              <Code style={{ overflowWrap: "anywhere" }}>{link.url}</Code>
            </div>
          )}
        </section>
      ))}
    </Stack>
  );
}

function firstBoard(name: string): BoardText {
  const tile = { title: "", queue_ids: [], width: 1 } as const;
  return {
    name,
    theme: "dark",
    tiles: [
      { ...tile, queue_ids: [], kind: "figure", metric: "waiting" },
      { ...tile, queue_ids: [], kind: "figure", metric: "oldest" },
      { ...tile, queue_ids: [], kind: "figure", metric: "service_level" },
      { ...tile, queue_ids: [], kind: "figure", metric: "idle" },
      { ...tile, queue_ids: [], kind: "queues", metric: "waiting", width: 2 },
      { ...tile, queue_ids: [], kind: "trend", metric: "offered", width: 2 },
      { ...tile, queue_ids: [], kind: "agents", metric: "waiting", width: 4 },
    ],
  };
}
