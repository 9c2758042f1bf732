import {
  ActionIcon,
  Avatar,
  Menu,
  Text,
  VisuallyHidden,
  useMantineColorScheme,
} from "@mantine/core";
import {
  IconBell,
  IconBellOff,
  IconCheck,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconPalette,
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

const SCHEMES = ["auto", "light", "dark"] as const;
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
          <ActionIcon size="lg" radius="xl" data-user-menu>
            <Avatar size={30} name={session.name} color="petrol" alt="" />
            <VisuallyHidden>{t("user.menu", { name: session.name })}</VisuallyHidden>
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
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={<IconPalette {...ICON} />}>
                {t("user.theme")}
              </Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              {SCHEMES.map((scheme) => (
                <Menu.Item
                  key={scheme}
                  rightSection={scheme === colorScheme ? <IconCheck size={15} /> : null}
                  onClick={() => {
                    setColorScheme(scheme);
                  }}
                >
                  {t(`user.theme_${scheme}`)}
                </Menu.Item>
              ))}
            </Menu.Sub.Dropdown>
          </Menu.Sub>
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={<IconLanguage {...ICON} />}>
                {t("user.language")}
              </Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              <LanguageItems />
            </Menu.Sub.Dropdown>
          </Menu.Sub>
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
