import { useLanguage } from "../i18n";
import { useNowMs, type Stream } from "../stream/stream";

interface Props {
  stream: Stream;
  sinceMs: number;
  className?: string | undefined;
}

/** Time since an instant, ticking. Not announced: a screen reader would never stop. */
export function Clock({ stream, sinceMs, className }: Props) {
  const { clock } = useLanguage();
  const nowMs = useNowMs(stream);
  return (
    <span className={`tabular ${className ?? ""}`} role="timer" aria-live="off">
      {clock(nowMs - sinceMs)}
    </span>
  );
}
