import { ActionIcon, Anchor, CopyButton, Group, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useLanguage } from "../i18n";

/** Where a customer is to be reached: to call and to copy. */
export function CallbackNumber({ address }: { address: string }) {
  const { t } = useLanguage();
  return (
    <Group gap={4} wrap="nowrap">
      <Anchor href={hrefOf(address)} fw={600} style={{ overflowWrap: "anywhere" }}>
        {address}
      </Anchor>
      <CopyButton value={address}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t("app.copied") : t("app.copy")}>
            <ActionIcon onClick={copy} aria-label={t("callback.copy_number")}>
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} stroke={1.7} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}

function hrefOf(address: string): string {
  return address.includes("@") ? `mailto:${address}` : `tel:${address.replace(/[^\d+*#,;]/g, "")}`;
}
