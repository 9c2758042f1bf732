import { Text, UnstyledButton } from "@mantine/core";
import { Clock } from "../ui/Clock";
import { useDetails } from "./details";
import pane from "../desk/CustomerPane.module.css";
import { useFloorStream } from "./floorStream";

interface Props {
  contactId: number;
  name: string;
  about: string;
  sinceMs: number | null;
}

export function ContactLine({ contactId, name, about, sinceMs }: Props) {
  const { open } = useDetails();
  const stream = useFloorStream();
  return (
    <UnstyledButton
      className={pane.earlier}
      onClick={() => {
        open({ kind: "contact", id: contactId });
      }}
    >
      <Text size="sm" fw={500} truncate>
        {name}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {about}
        {about !== "" && sinceMs !== null && " · "}
        {sinceMs !== null && <Clock stream={stream} sinceMs={sinceMs} />}
      </Text>
    </UnstyledButton>
  );
}
