import { beforeEach, expect, test } from "vitest";
import { Connection, backOffMs, type Socket, type Status } from "../../src/stream/connection";
import type { ServerFrame } from "../../src/stream/protocol";
import { Clock } from "./clock";

class Wire implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  sent: string[] = [];

  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.onclose?.({ code: 1000 });
  }
  says(frame: ServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  breaks(code = 1006): void {
    this.onclose?.({ code });
  }
}

let clock: Clock;
let wires: Wire[];
let statuses: Status[];
let seen: { epoch: string; seq: number } | null;
let refused: number;
let connection: Connection;

const last = () => wires.at(-1) ?? new Wire();
const status = () => statuses.at(-1);
const snapshot = { op: "snapshot", epoch: "e", seq: 3, now_ms: 0, collections: {} } as const;

beforeEach(() => {
  clock = new Clock();
  wires = [];
  statuses = [];
  seen = null;
  refused = 0;
  connection = new Connection(
    () => {
      const wire = new Wire();
      wires.push(wire);
      return wire;
    },
    ["desk"],
    {
      resumeFrom: () => seen,
      onFrame: (frame) => {
        if (frame.op === "snapshot") seen = { epoch: frame.epoch, seq: frame.seq };
        if (frame.op === "update" && seen !== null) seen.seq = frame.seq;
      },
      onStatus: (each) => statuses.push(each),
      onUnauthorised: () => (refused += 1),
    },
    clock,
  );
  connection.start();
});

function goLive(): void {
  last().onopen?.();
  last().says(snapshot);
}

test("it asks for everything first, and is live when the picture is there", () => {
  last().onopen?.();
  expect(JSON.parse(last().sent[0] ?? "")).toEqual({
    op: "subscribe",
    resume: null,
    topics: ["desk"],
  });
  expect(status()).toEqual({ name: "connecting" });
  last().says(snapshot);
  expect(status()).toEqual({ name: "live" });
});

test("lost, it comes back by itself and resumes from the last frame seen", () => {
  goLive();
  last().says({ op: "update", seq: 9, now_ms: 0 });
  last().breaks();
  expect(status()).toEqual({ name: "waiting", retryAtMs: 500 });
  clock.pass(500);
  expect(wires).toHaveLength(2);
  last().onopen?.();
  expect(JSON.parse(last().sent[0] ?? "")).toMatchObject({ resume: { epoch: "e", seq: 9 } });
});

test("it waits longer after each failure, up to a limit", () => {
  goLive();
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    last().breaks();
    clock.pass(backOffMs(attempt, 1));
    expect(wires).toHaveLength(attempt + 1);
  }
  expect(backOffMs(30, 1)).toBe(15_000);
  expect(backOffMs(30, 0)).toBe(7_500);
});

test("once live again it begins with the short wait", () => {
  goLive();
  last().breaks();
  clock.pass(500);
  goLive();
  last().breaks();
  expect(status()).toEqual({ name: "waiting", retryAtMs: clock.atMs + 500 });
});

test("a silent connection counts as lost, a pinged one that answers does not", () => {
  goLive();
  clock.pass(15_000);
  expect(JSON.parse(last().sent.at(-1) ?? "")).toEqual({ op: "ping" });
  last().says({ op: "pong", now_ms: 0 });
  clock.pass(15_000);
  expect(wires).toHaveLength(1);
  clock.pass(10_000);
  expect(status()?.name).toBe("waiting");
});

test("it acknowledges what it has seen, not every frame", () => {
  goLive();
  for (const seq of [4, 5, 6]) last().says({ op: "update", seq, now_ms: 0 });
  clock.pass(2_000);
  const acks = last().sent.filter((text) => text.includes('"ack"'));
  expect(acks.map((text) => JSON.parse(text) as unknown)).toEqual([{ op: "ack", seq: 6 }]);
});

test("signed out, it stops and says so", () => {
  goLive();
  last().breaks(4401);
  expect(status()).toEqual({ name: "closed" });
  expect(refused).toBe(1);
  clock.pass(60_000);
  expect(wires).toHaveLength(1);
});

test("a person's impatience cuts the wait short", () => {
  goLive();
  last().breaks();
  connection.retryNow();
  expect(wires).toHaveLength(2);
  connection.retryNow();
  expect(wires).toHaveLength(2);
});

test("nothing is sent while it is not live", () => {
  expect(connection.send({ op: "ping" })).toBe(false);
  goLive();
  expect(connection.send({ op: "ping" })).toBe(true);
  connection.stop();
  expect(connection.send({ op: "ping" })).toBe(false);
});
