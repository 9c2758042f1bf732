// Short notices: what was done (with Undo where a mistake is cheap), what failed and what to do.
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { ApiError } from "../api/client";
import type { Language } from "../i18n";
import { en, type Key } from "../i18n/en";
import { announce } from "./announcer";

const SHOWN_MS = 6_000;
const CLOSE: Record<string, string> = { en: "Close", ru: "Закрыть", ro: "Închide" };

function show(text: string, colour: string, action?: { label: string; run: () => void }): void {
  const id = notifications.show({
    color: colour,
    autoClose: SHOWN_MS,
    withBorder: true,
    // The live region says it; the role of an alert would say it twice.
    role: "region",
    "aria-label": text,
    closeButtonProps: { "aria-label": CLOSE[document.documentElement.lang] ?? CLOSE.en },
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

/** What went wrong in the reader's words, with the server's sentence where it gave one. */
export function messageOf(error: unknown, t: Language["t"]): string {
  if (!(error instanceof ApiError)) throw error;
  if (error.code === "offline") return t("error.offline");
  if (error.status === 401) return t("error.signed_out");
  if (error.status === 429) return t("error.too_many");
  if (error.message === "") return t("error.unknown", { code: error.code });
  const key = `refusal.${error.code}`;
  return key in en ? t(key as Key, { detail: error.message }) : error.message;
}
