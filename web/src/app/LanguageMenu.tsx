import { Button, Menu } from "@mantine/core";
import { IconCheck, IconLanguage } from "@tabler/icons-react";
import { LOCALES, LOCALE_NAMES, useLanguage } from "../i18n";
import { prefer } from "./preferences";

export function LanguageMenu() {
  const { locale } = useLanguage();
  return (
    <Menu>
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<IconLanguage size={16} stroke={1.6} />}>
          {LOCALE_NAMES[locale]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageItems />
      </Menu.Dropdown>
    </Menu>
  );
}

export function LanguageItems() {
  const { locale } = useLanguage();
  return LOCALES.map((each) => (
    <Menu.Item
      key={each}
      lang={each}
      onClick={() => {
        prefer({ locale: each });
      }}
      rightSection={each === locale ? <IconCheck size={15} /> : null}
    >
      {LOCALE_NAMES[each]}
    </Menu.Item>
  ));
}
