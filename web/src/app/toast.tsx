// Short notices: what was done (with Undo where a mistake is cheap), what failed and what to do.
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { ApiError } from "../api/client";
import type { Language } from "../i18n";
import { announce } from "./announcer";

const SHOWN_MS = 6_000;

function show(text: string, colour: string, action?: { label: string; run: () => void }): void {
  const id = notifications.show({
    color: colour,
    autoClose: SHOWN_MS,
    withBorder: true,
    // The live region says it; a role of its own would say it twice.
    role: "group",
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{text}</Text>
        {action !== undefined && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              notifications.hide(id);
              action.run();
            }}
          >
            {action.label}
          </Button>
        )}
      </Group>
    ),
  });
  announce(text);
}

export function say(text: string, action?: { label: string; run: () => void }): void {
  show(text, "teal", action);
}

export function complain(text: string): void {
  show(text, "red");
}

/** The server's own sentence where it gave one, else ours. */
export function messageOf(error: unknown, t: Language["t"]): string {
  if (!(error instanceof ApiError)) throw error;
  if (error.code === "offline") return t("error.offline");
  if (error.status === 401) return t("error.signed_out");
  if (error.status === 429) return t("error.too_many");
  return error.message === "" ? t("error.unknown", { code: error.code }) : error.message;
}
