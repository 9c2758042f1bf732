import { Badge, Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { IconDownload, IconMessages } from "@tabler/icons-react";
import { contacts } from "../api/calls";
import type { ContactRecord } from "../api/types";
import { Message } from "../desk/Message";
import { chosenOf } from "../desk/work";
import { useLanguage } from "../i18n";
import { Empty } from "./Empty";
import { useFetched } from "./useFetched";
import { Loading } from "./Loading";
import { nameOf } from "./nameOf";

interface Props {
  contact: ContactRecord | null;
  onClose: () => void;
}

/** What was said in a contact, to read and to download. */
export function TranscriptDrawer({ contact, onClose }: Props) {
  const { t } = useLanguage();
  return (
    <Drawer
      opened={contact !== null}
      onClose={onClose}
      title={nameOf(contact?.customer, t)}
      size="md"
    >
      {contact !== null && <Transcript contact={contact} />}
    </Drawer>
  );
}

export function Transcript({ contact }: { contact: ContactRecord }) {
  const { t, dateTime } = useLanguage();
  const messages = useFetched(() => contacts.messages(contact.contact_id), [contact.contact_id]);
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-start">
        <div>
          <Text size="sm">{contact.topic}</Text>
          <Text size="sm" c="dimmed">
            {dateTime(contact.opened_ms)}
          </Text>
        </div>
        <Group gap={6}>
          {contact.rating !== null && (
            <Badge color="yellow">{t("contact.rating", { score: contact.rating })}</Badge>
          )}
          <Button
            component="a"
            href={contacts.transcriptUrl(contact.contact_id)}
            download
            variant="default"
            leftSection={<IconDownload size={15} />}
          >
            {t("contact.download")}
          </Button>
        </Group>
      </Group>
      {messages.problem !== null && <Text size="sm">{messages.problem}</Text>}
      {messages.value === null && messages.problem === null && <Loading size="sm" />}
      {messages.value?.items.length === 0 && (
        <Empty icon={IconMessages} title={t("contact.silent")} hint={t("contact.silent_hint")} />
      )}
      <Stack gap={0}>
        {messages.value?.items.map((message, index, all) => (
          <Message
            key={message.number}
            message={message}
            continues={false}
            delivery={null}
            chosen={chosenOf(all, index)}
          />
        ))}
      </Stack>
    </Stack>
  );
}
