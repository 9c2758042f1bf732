import { ActionIcon, Button, FileButton, Group, Loader, Textarea, Tooltip } from "@mantine/core";
import { IconNote, IconPaperclip, IconSend2, IconX } from "@tabler/icons-react";
import {
  useEffect,
  useRef,
  useState,
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
} from "react";
import { newId } from "../api/client";
import type { ContactDocument } from "../api/types";
import { useCommands, type Command } from "../app/commands";
import { complain } from "../app/toast";
import { useWorkplace } from "../app/workplace";
import { useLanguage } from "../i18n";
import { FileIcon } from "./Attachments";
import classes from "./Composer.module.css";
import { useDraft, useDrafts } from "./drafts";
import { useUploads } from "./useUploads";

const TYPING_EVERY_MS = 3_000;
const TEXT_CHARS_MAX = 10_000;

interface Props {
  contact: ContactDocument;
  /** Whether the customer reads what is written; else there are only notes. */
  isRead: boolean;
}

/** Where the agent writes: to the customer, or a note that only colleagues see. */
export function Composer({ contact, isRead }: Props) {
  const { t, bytes } = useLanguage();
  const { outbox } = useWorkplace();
  const contactId = contact.contact_id;
  const kept = useDraft(contactId);
  const draft = isRead ? kept : { ...kept, internal: true };
  const change = useDrafts((state) => state.change);
  const uploads = useUploads(contactId);
  const sayTyping = useTyping(contactId);
  const field = useRef<HTMLTextAreaElement>(null);
  const [isDropTarget, setIsDropTarget] = useState(false);
  const canSend =
    (draft.text.trim() !== "" || draft.attachments.length > 0) && uploads.pending.length === 0;

  useEffect(() => {
    if (isRead && window.matchMedia("(min-width: 48em)").matches) field.current?.focus();
  }, [isRead]);
  const setInternal = (internal: boolean) => {
    change(contactId, (before) => ({ ...before, internal }));
    field.current?.focus();
  };
  const note: Command = {
    id: "note",
    group: t("commands.contact"),
    label: t("composer.note"),
    key: "n",
    run: () => {
      setInternal(true);
    },
  };
  const reply: Command = {
    id: "reply",
    group: t("commands.contact"),
    label: t("composer.reply"),
    key: "r",
    run: () => {
      setInternal(false);
    },
  };
  useCommands(isRead ? [reply, note] : [note]);

  const send = () => {
    if (!canSend) return;
    const added = outbox.add({
      client_id: newId(),
      contact_id: contactId,
      text: draft.text.trim(),
      attachments: draft.attachments,
      internal: draft.internal,
      written_ms: Date.now(),
    });
    if (!added) {
      complain(t("composer.outbox_full"));
      return;
    }
    change(contactId, () => ({ text: "", internal: false, attachments: [] }));
    field.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") field.current?.blur();
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = Array.from(event.clipboardData.files);
    if (files.length === 0) return;
    event.preventDefault();
    uploads.add(files);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsDropTarget(false);
    uploads.add(Array.from(event.dataTransfer.files));
  };

  return (
    <div
      className={classes.composer}
      data-note={draft.internal || undefined}
      data-drop={isDropTarget || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsDropTarget(true);
      }}
      onDragLeave={() => {
        setIsDropTarget(false);
      }}
      onDrop={onDrop}
    >
      <Textarea
        ref={field}
        variant="unstyled"
        autosize
        minRows={2}
        maxRows={9}
        maxLength={TEXT_CHARS_MAX}
        aria-label={draft.internal ? t("composer.note_label") : t("composer.label")}
        placeholder={draft.internal ? t("composer.note_placeholder") : t("composer.placeholder")}
        value={draft.text}
        onChange={(event) => {
          const text = event.currentTarget.value;
          change(contactId, (before) => ({ ...before, text }));
          if (!draft.internal && text !== "") sayTyping();
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      {(draft.attachments.length > 0 || uploads.pending.length > 0) && (
        <Group gap={6} pb={6}>
          {draft.attachments.map((attachment) => (
            <span key={attachment.blob_id} className={classes.chip}>
              <FileIcon mediaType={attachment.media_type} />
              {attachment.name} · {bytes(attachment.size_bytes)}
              <ActionIcon
                size="xs"
                aria-label={t("composer.remove_file", { name: attachment.name })}
                onClick={() => {
                  change(contactId, (before) => ({
                    ...before,
                    attachments: before.attachments.filter(
                      ({ blob_id }) => blob_id !== attachment.blob_id,
                    ),
                  }));
                }}
              >
                <IconX size={13} />
              </ActionIcon>
            </span>
          ))}
          {uploads.pending.map(({ id, name }) => (
            <span key={id} className={classes.chip}>
              <Loader size={13} /> {name}
            </span>
          ))}
        </Group>
      )}
      <Group justify="space-between" gap="xs">
        <Group gap={4}>
          <FileButton multiple onChange={uploads.add}>
            {(props) => (
              <Tooltip label={t("composer.attach")}>
                <ActionIcon {...props} size="lg" aria-label={t("composer.attach")}>
                  <IconPaperclip size={18} stroke={1.7} />
                </ActionIcon>
              </Tooltip>
            )}
          </FileButton>
          {isRead && (
            <Button
              variant={draft.internal ? "filled" : "subtle"}
              color={draft.internal ? "yellow" : "gray"}
              aria-pressed={draft.internal}
              leftSection={<IconNote size={16} stroke={1.7} />}
              onClick={() => {
                setInternal(!draft.internal);
              }}
            >
              {t("composer.note")}
            </Button>
          )}
        </Group>
        <Button
          size="sm"
          disabled={!canSend}
          rightSection={<IconSend2 size={16} stroke={1.7} />}
          onClick={send}
        >
          {draft.internal ? t("composer.save_note") : t("composer.send")}
        </Button>
      </Group>
    </div>
  );
}

/** Tells the customer's side, at most every few seconds. */
function useTyping(contactId: number): () => void {
  const { stream } = useWorkplace();
  const lastMs = useRef(0);
  return () => {
    if (Date.now() - lastMs.current < TYPING_EVERY_MS) return;
    lastMs.current = Date.now();
    stream.connection.send({ op: "typing", contact_id: contactId });
  };
}
