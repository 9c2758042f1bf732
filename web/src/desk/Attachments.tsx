import { IconFile, IconFileTypePdf, IconFileZip, IconPhoto } from "@tabler/icons-react";
import { attachments as attachmentCalls } from "../api/calls";
import type { Attachment } from "../api/types";
import { useLanguage } from "../i18n";
import classes from "./MessageList.module.css";

const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

interface Props {
  attachments: Attachment[];
  contactId: number;
}

export function Attachments({ attachments, contactId }: Props) {
  const { bytes } = useLanguage();
  if (attachments.length === 0) return null;
  return (
    <div className={classes.files}>
      {attachments.map((attachment) => {
        const url = attachmentCalls.url(attachment.blob_id, contactId);
        return PICTURES.has(attachment.media_type) ? (
          <a key={attachment.blob_id} href={url} target="_blank" rel="noopener noreferrer">
            <img className={classes.picture} src={url} alt={attachment.name} loading="lazy" />
          </a>
        ) : (
          <a
            key={attachment.blob_id}
            className={classes.file}
            href={url}
            target="_blank"
            rel="noopener noreferrer"
          >
            <FileIcon mediaType={attachment.media_type} />
            <span className={classes.fileName}>{attachment.name}</span>
            <span>{bytes(attachment.size_bytes)}</span>
          </a>
        );
      })}
    </div>
  );
}

export function FileIcon({ mediaType }: { mediaType: string }) {
  const look = { size: 17, stroke: 1.6, "aria-hidden": true };
  if (mediaType.startsWith("image/")) return <IconPhoto {...look} />;
  if (mediaType === "application/pdf") return <IconFileTypePdf {...look} />;
  if (mediaType.includes("zip")) return <IconFileZip {...look} />;
  return <IconFile {...look} />;
}
