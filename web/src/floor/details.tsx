// The drawer of the floor: an agent, a queue or a contact, one opened from another.
import { ActionIcon, Drawer, Group } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { createContext, use, useMemo, useState, type ReactNode } from "react";
import { useLanguage } from "../i18n";
import { AgentDetails } from "./AgentDetails";
import { ContactDetails } from "./ContactDetails";
import { QueueDetails } from "./QueueDetails";

export type Subject = { kind: "agent" | "queue"; id: string } | { kind: "contact"; id: number };

const DetailsContext = createContext<{ open: (subject: Subject) => void }>({
  open: () => undefined,
});

export function useDetails() {
  return use(DetailsContext);
}

export function Details({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  const [path, setPath] = useState<Subject[]>([]);
  const open = useMemo(
    () => ({
      open: (subject: Subject) => {
        setPath((before) => [...before, subject]);
      },
    }),
    [],
  );
  const subject = path.at(-1);
  return (
    <DetailsContext value={open}>
      {children}
      <Drawer
        opened={subject !== undefined}
        onClose={() => {
          setPath([]);
        }}
        size="md"
        title={
          <Group gap={6}>
            {path.length > 1 && (
              <ActionIcon
                aria-label={t("app.back")}
                onClick={() => {
                  setPath(path.slice(0, -1));
                }}
              >
                <IconArrowLeft size={18} />
              </ActionIcon>
            )}
            {subject !== undefined && t(`floor.${subject.kind}`)}
          </Group>
        }
      >
        {subject?.kind === "agent" && <AgentDetails key={subject.id} agentId={subject.id} />}
        {subject?.kind === "queue" && <QueueDetails key={subject.id} queueId={subject.id} />}
        {subject?.kind === "contact" && <ContactDetails key={subject.id} contactId={subject.id} />}
      </Drawer>
    </DetailsContext>
  );
}
