import { Alert, Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { useForm, type FormErrors, type UseFormReturnType } from "@mantine/form";
import { useState, type ReactNode } from "react";
import { ApiError } from "../api/client";
import { messageOf } from "../app/toast";
import { useLanguage } from "../i18n";

interface DrawerProps {
  title: string;
  size: "md" | "xl";
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

export function FormDrawer({ title, size, open, onClose, children }: DrawerProps) {
  return (
    <Drawer opened={open} onClose={onClose} title={title} size={size === "xl" ? 860 : "md"}>
      {open && children}
    </Drawer>
  );
}

interface Props<T extends object> {
  initial: T;
  id: string;
  validate: (values: T) => FormErrors;
  /** Raises ApiError when the server refuses. */
  save: (values: T) => Promise<void>;
  /** Null: there is nothing to close (the form is the page). */
  onClose: (() => void) | null;
  children: (form: UseFormReturnType<T>) => ReactNode;
}

/** A form over one setting: checked as it is typed, saved as a whole, refusals said in words. */
export function EntityForm<T extends object>(props: Props<T>) {
  const { t } = useLanguage();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useForm<T>({
    initialValues: props.initial,
    validate: props.validate,
  });
  const submit = async (values: T) => {
    setBusy(true);
    setProblem(null);
    try {
      await props.save(values);
      props.onClose?.();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(messageOf(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => void submit(values),
        () => {
          setProblem(t("admin.check_fields"));
        },
      )}
    >
      <Stack gap="md">
        {problem !== null && (
          <Alert color="red" variant="light" role="alert" p="xs">
            {problem}
          </Alert>
        )}
        {props.children(form)}
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            {props.id !== "" && t("admin.id", { id: props.id })}
          </Text>
          <Group gap="xs">
            {props.onClose !== null && (
              <Button variant="default" onClick={props.onClose}>
                {t("app.cancel")}
              </Button>
            )}
            <Button type="submit" loading={busy}>
              {t("app.save")}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
