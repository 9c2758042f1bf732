import {
  ActionIcon,
  Avatar,
  Menu,
  SegmentedControl,
  Text,
  useMantineColorScheme,
} from "@mantine/core";
import {
  IconBell,
  IconBellOff,
  IconKeyboard,
  IconLogout,
  IconPassword,
  IconVolume,
  IconVolumeOff,
} from "@tabler/icons-react";
import { useState } from "react";
import { turnNotificationsOn, turnSoundsOn } from "../desk/alerts";
import { useLanguage } from "../i18n";
import { openHelp, useCommands } from "./commands";
import { LanguageItems } from "./LanguageMenu";
import { PasswordDialog } from "./PasswordDialog";
import { prefer, usePreferences } from "./preferences";
import { useWorkplace } from "./workplace";

const ICON = { size: 16, stroke: 1.6 };

export function UserMenu() {
  const { t } = useLanguage();
  const { session, signOut } = useWorkplace();
  const [changesPassword, setChangesPassword] = useState(false);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  useCommands([
    { id: "sign-out", group: t("commands.app"), label: t("user.sign_out"), run: signOut },
    {
      id: "theme",
      group: t("commands.app"),
      label: t("user.theme_switch"),
      run: () => {
        setColorScheme(colorScheme === "dark" ? "light" : "dark");
      },
    },
  ]);
  return (
    <>
      <Menu width={250} position="bottom-end">
        <Menu.Target>
          <ActionIcon size="lg" radius="xl" aria-label={t("user.menu", { name: session.name })}>
            <Avatar size={30} name={session.name} color="petrol" alt="" aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text size="sm" fw={600} c="var(--mantine-color-text)">
              {session.name}
            </Text>
            <Text size="xs">{t(`role.${session.role}`)}</Text>
          </Menu.Label>
          <AlertItems />
          <Menu.Item leftSection={<IconKeyboard {...ICON} />} onClick={openHelp}>
            {t("commands.help")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t("user.theme")}</Menu.Label>
          <SegmentedControl
            size="xs"
            fullWidth
            mx={8}
            mb={6}
            aria-label={t("user.theme")}
            value={colorScheme}
            onChange={(value) => {
              setColorScheme(value);
            }}
            data={[
              { value: "auto", label: t("user.theme_auto") },
              { value: "light", label: t("user.theme_light") },
              { value: "dark", label: t("user.theme_dark") },
            ]}
          />
          <Menu.Label>{t("user.language")}</Menu.Label>
          <LanguageItems />
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconPassword {...ICON} />}
            onClick={() => {
              setChangesPassword(true);
            }}
          >
            {t("user.password")}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout {...ICON} />} onClick={signOut}>
            {t("user.sign_out")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PasswordDialog
        open={changesPassword}
        onClose={() => {
          setChangesPassword(false);
        }}
      />
    </>
  );
}

function AlertItems() {
  const { t } = useLanguage();
  const { sounds, notifications } = usePreferences();
  return (
    <>
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={sounds === true ? <IconVolume {...ICON} /> : <IconVolumeOff {...ICON} />}
        onClick={() => {
          if (sounds === true) prefer({ sounds: false });
          else turnSoundsOn();
        }}
      >
        {sounds === true ? t("user.sounds_off") : t("user.sounds_on")}
      </Menu.Item>
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={notifications === true ? <IconBell {...ICON} /> : <IconBellOff {...ICON} />}
        onClick={() => {
          if (notifications === true) prefer({ notifications: false });
          else void turnNotificationsOn(t);
        }}
      >
        {notifications === true ? t("user.notifications_off") : t("user.notifications_on")}
      </Menu.Item>
    </>
  );
}
