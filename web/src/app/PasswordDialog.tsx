import { Button, Group, Modal, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { session } from "../api/calls";
import { useLanguage } from "../i18n";
import { say } from "./toast";
import { useAction } from "./useAction";

export const PASSWORD_LENGTH_MIN = 8;

export function PasswordDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLanguage();
  const [busy, run] = useAction();
  const form = useForm({
    initialValues: { password: "", new_password: "" },
    validate: {
      password: (value) => (value === "" ? t("password.current_missing") : null),
      new_password: (value) =>
        value.length < PASSWORD_LENGTH_MIN
          ? t("password.too_short", { count: PASSWORD_LENGTH_MIN })
          : null,
    },
  });
  const close = () => {
    form.reset();
    onClose();
  };
  return (
    <Modal opened={open} onClose={close} title={t("user.password")} size="sm">
      <form
        onSubmit={form.onSubmit((values) => {
          void run(() => session.changePassword(values)).then((done) => {
            if (!done) return;
            say(t("password.changed"));
            close();
          });
        })}
      >
        <Stack>
          <PasswordInput
            label={t("password.current")}
            autoComplete="current-password"
            data-autofocus
            {...form.getInputProps("password")}
          />
          <PasswordInput
            label={t("password.new")}
            description={t("password.rule", { count: PASSWORD_LENGTH_MIN })}
            autoComplete="new-password"
            {...form.getInputProps("new_password")}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t("app.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("app.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
