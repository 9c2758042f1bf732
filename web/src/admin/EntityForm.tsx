import { Alert, Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { useForm, type FormErrors, type UseFormReturnType } from "@mantine/form";
import {
  createContext,
  use,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from "react";
import { ApiError } from "../api/client";
import { messageOf } from "../app/toast";
import { useLanguage } from "../i18n";
import { Confirm } from "../ui/Confirm";
import classes from "./Admin.module.css";

interface DrawerProps {
  title: string;
  size: "md" | "xl";
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

/**
 * Whether what was typed in the drawer’s form would be lost. Not a state: that would be known one
 * rendering later, and an Escape may follow the last letter at once.
 */
const ChangedContext = createContext<RefObject<boolean>>({ current: false });

/** A drawer with a form. A slip of the hand beside it, or Escape, loses nothing unasked. */
export function FormDrawer({ title, size, open, onClose, children }: DrawerProps) {
  const { t } = useLanguage();
  const changedRef = useRef(false);
  const [asking, setAsking] = useState(false);
  return (
    <ChangedContext value={changedRef}>
      <Drawer
        opened={open}
        onClose={() => {
          if (changedRef.current) setAsking(true);
          else onClose();
        }}
        closeOnEscape={!asking}
        title={title}
        size={size === "xl" ? 860 : "md"}
      >
        {open && children}
      </Drawer>
      {/* Mounted only now: one that listens already would take the same Escape for its answer. */}
      {asking && (
        <Confirm
          open
          title={t("admin.discard_title")}
          text={t("admin.discard_text")}
          action={t("admin.discard")}
          onClose={() => {
            setAsking(false);
          }}
          onConfirm={onClose}
        />
      )}
    </ChangedContext>
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
  const changedRef = use(ChangedContext);
  const isChanged = form.isDirty();
  useLayoutEffect(() => {
    changedRef.current = isChanged;
    return () => {
      changedRef.current = false;
    };
  }, [changedRef, isChanged]);
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
        {props.children(form)}
        <div className={classes.foot}>
          {problem !== null && (
            <Alert color="red" variant="light" role="alert" p="xs">
              {problem}
            </Alert>
          )}
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
        </div>
      </Stack>
    </form>
  );
}
