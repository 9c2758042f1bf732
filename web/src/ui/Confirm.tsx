import { Button, Group, Modal, Text } from "@mantine/core";
import { useLanguage } from "../i18n";

interface Props {
  open: boolean;
  title: string;
  text: string;
  action: string;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks before what can't be undone. */
export function Confirm({ open, title, text, action, onClose, onConfirm }: Props) {
  const { t } = useLanguage();
  return (
    <Modal opened={open} onClose={onClose} title={title} size="sm">
      <Text size="sm" mb="md">
        {text}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button
          color="red"
          data-autofocus
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
