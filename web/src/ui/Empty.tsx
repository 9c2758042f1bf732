import { Stack, Text, ThemeIcon } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  icon: Icon;
  title: string;
  hint: string;
  children?: ReactNode;
}

/** What stands where nothing is yet: what that means, and what to do next. */
export function Empty({ icon: Picture, title, hint, children }: Props) {
  return (
    <Stack align="center" justify="center" gap={6} py="xl" px="md" ta="center">
      <ThemeIcon size={46} radius="xl" variant="light" color="gray" mb={4}>
        <Picture size={24} stroke={1.5} />
      </ThemeIcon>
      <Text fw={600} size="sm">
        {title}
      </Text>
      <Text size="sm" c="dimmed" maw={340}>
        {hint}
      </Text>
      {children}
    </Stack>
  );
}
