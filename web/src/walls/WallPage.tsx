import { useEffect, useState } from "react";
import { useLanguage } from "../i18n";
import { Loading } from "../ui/Loading";
import type { WallFrame } from "./frame";
import { TileView } from "./TileView";
import classes from "./Wall.module.css";

const RETRY_MS = 2_000;
const GONE = 4404;
const TICK_MS = 500;

type Line = "connecting" | "live" | "lost" | "gone";

/** A board over the whole screen: `/wall/own/<id>` of who is signed in, `/wall/shared/<token>`. */
export default function WallPage({ pathname }: { pathname: string }) {
  const { t } = useLanguage();
  const { frame, line, skewMs } = useWall(pathname);
  const nowMs = useNow() - skewMs;
  if (line === "gone") return <main className={classes.message}>{t("wall.gone")}</main>;
  if (frame === null)
    return (
      <main className={classes.message}>
        <Loading />
      </main>
    );
  return (
    <main className={classes.wall} data-theme={frame.theme} aria-label={frame.name}>
      <header className={classes.head}>
        <h1>{frame.name}</h1>
        {line === "lost" && (
          <strong role="status" className={classes.lost}>
            ⚠ {t("wall.lost")}
          </strong>
        )}
        <Clock nowMs={nowMs} />
      </header>
      <div className={classes.tiles}>
        {frame.tiles.map((tile, number) => (
          <TileView key={number} tile={tile} number={number} frame={frame} nowMs={nowMs} />
        ))}
      </div>
    </main>
  );
}

function Clock({ nowMs }: { nowMs: number }) {
  const { time } = useLanguage();
  return <span className={classes.clock}>{time(nowMs)}</span>;
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}

function useWall(pathname: string): { frame: WallFrame | null; line: Line; skewMs: number } {
  const [frame, setFrame] = useState<WallFrame | null>(null);
  const [line, setLine] = useState<Line>("connecting");
  const [skewMs, setSkewMs] = useState(0);
  useEffect(() => {
    let socket: WebSocket | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const open = () => {
      socket = new WebSocket(addressOf(pathname));
      socket.onmessage = (event: MessageEvent<string>) => {
        const next = JSON.parse(event.data) as WallFrame;
        setFrame(next);
        setLine("live");
        setSkewMs(Date.now() - next.now_ms);
      };
      socket.onclose = ({ code }) => {
        if (isOver) return;
        setLine(code === GONE ? "gone" : "lost");
        if (code !== GONE) timer = setTimeout(open, RETRY_MS);
      };
    };
    open();
    return () => {
      isOver = true;
      clearTimeout(timer);
      socket?.close();
    };
  }, [pathname]);
  return { frame, line, skewMs };
}

function addressOf(pathname: string): string {
  const [, , kind, key = ""] = pathname.split("/");
  const { protocol, host } = window.location;
  const path = kind === "own" ? `wallboards/${key}/stream` : `walls/${key}/stream`;
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/api/${path}`;
}
