// The page's one live region: whatever is worth saying to a screen reader is said here.
import { VisuallyHidden } from "@mantine/core";
import { create } from "zustand";

const useAnnouncement = create(() => ({ text: "", turn: 0 }));

export function announce(text: string): void {
  useAnnouncement.setState(({ turn }) => ({ text, turn: turn + 1 }));
}

export function Announcer() {
  const { text, turn } = useAnnouncement();
  return (
    <VisuallyHidden role="status" aria-live="polite" data-announcer>
      {/* The same words twice are two announcements: the invisible mark makes them differ. */}
      {text}
      {turn % 2 === 0 ? "" : "\u00a0"}
    </VisuallyHidden>
  );
}
