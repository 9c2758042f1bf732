import { Button, Group, Paper, Text } from "@mantine/core";
import { prefer, usePreferences } from "../app/preferences";
import { useLanguage } from "../i18n";
import { turnNotificationsOn, turnSoundsOn } from "./alerts";

/** Asks once whether the desk may make itself heard; nothing sounds before that. */
export function AlertsQuestion() {
  const { t } = useLanguage();
  const { sounds, notifications } = usePreferences();
  if (sounds !== null) return null;
  return (
    <Paper withBorder m="sm" p="sm" mt="auto">
      <Text size="sm" mb={8}>
        {t("alert.question")}
      </Text>
      <Group gap={6}>
        <Button
          onClick={() => {
            turnSoundsOn();
            if (notifications === null) void turnNotificationsOn(t);
          }}
        >
          {t("alert.yes")}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            prefer({ sounds: false, notifications: false });
          }}
        >
          {t("alert.no")}
        </Button>
      </Group>
    </Paper>
  );
}
