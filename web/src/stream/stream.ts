// A live picture for components: the connection feeds it, hooks select from it.
import { useSyncExternalStore } from "react";
import { createStore, useStore, type StoreApi } from "zustand";
import { Connection, browserTimers, type Socket, type Status } from "./connection";
import { EMPTY_PICTURE, applySnapshot, applyTyping, applyUpdate, type Picture } from "./picture";
import type { ServerFrame, SnapshotFrame, Topic, UpdateFrame } from "./protocol";

export interface StreamState {
  status: Status;
  picture: Picture;
}

/** Hears of every frame that changed the picture, with it before and after: sounds, the outbox. */
export type Witness = (before: Picture, after: Picture, frame: SnapshotFrame | UpdateFrame) => void;

export class Stream {
  readonly store: StoreApi<StreamState> = createStore(() => ({
    status: { name: "connecting" },
    picture: EMPTY_PICTURE,
  }));
  readonly connection: Connection;
  readonly #witnesses = new Set<Witness>();

  constructor(topic: Topic, onUnauthorised: () => void) {
    this.connection = new Connection(
      openSocket,
      [topic],
      {
        resumeFrom: () => this.#resumePoint(),
        onFrame: (frame) => {
          this.#apply(frame);
        },
        onStatus: (status) => {
          this.store.setState({ status });
        },
        onUnauthorised,
      },
      browserTimers,
    );
  }

  start(): () => void {
    const retry = () => {
      this.connection.retryNow();
    };
    const retryIfVisible = () => {
      if (document.visibilityState === "visible") retry();
    };
    this.connection.start();
    window.addEventListener("online", retry);
    document.addEventListener("visibilitychange", retryIfVisible);
    return () => {
      window.removeEventListener("online", retry);
      document.removeEventListener("visibilitychange", retryIfVisible);
      this.connection.stop();
    };
  }

  witness(witness: Witness): () => void {
    this.#witnesses.add(witness);
    return () => this.#witnesses.delete(witness);
  }

  /** The server's clock, ms. */
  nowMs(): number {
    return Date.now() + this.store.getState().picture.clockOffsetMs;
  }

  #resumePoint(): { epoch: string; seq: number } | null {
    const { epoch, seq } = this.store.getState().picture;
    return epoch === null ? null : { epoch, seq };
  }

  #apply(frame: ServerFrame): void {
    const before = this.store.getState().picture;
    if (frame.op === "typing") {
      this.store.setState({ picture: applyTyping(before, frame, Date.now()) });
    } else if (frame.op === "snapshot" || (frame.op === "update" && frame.seq >= before.seq)) {
      const after =
        frame.op === "snapshot"
          ? applySnapshot(frame, Date.now())
          : applyUpdate(before, frame, Date.now());
      this.store.setState({ picture: after });
      for (const witness of this.#witnesses) witness(before, after, frame);
    }
  }
}

function openSocket(): Socket {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return new WebSocket(`${scheme}://${location.host}/api/stream`) as Socket;
}

export function useStream<T>(stream: Stream, select: (state: StreamState) => T): T {
  return useStore(stream.store, select);
}

// One clock for all timers on the page, so that they tick together. --------------------------------

const ticking = new Set<() => void>();
let ticker: ReturnType<typeof setInterval> | undefined;

function onTick(listener: () => void): () => void {
  ticking.add(listener);
  ticker ??= setInterval(() => {
    for (const each of ticking) each();
  }, 1_000);
  return () => {
    ticking.delete(listener);
    if (ticking.size > 0) return;
    clearInterval(ticker);
    ticker = undefined;
  };
}

function currentSecondMs(): number {
  return Math.floor(Date.now() / 1_000) * 1_000;
}

/** This machine's clock in whole seconds, ticking. */
export function useTick(): number {
  return useSyncExternalStore(onTick, currentSecondMs);
}

/** The server's clock in whole seconds, ticking. */
export function useNowMs(stream: Stream): number {
  const offsetMs = useStream(stream, (state) => state.picture.clockOffsetMs);
  return useTick() + offsetMs;
}
