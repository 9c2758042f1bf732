import { beforeEach, expect, test } from "vitest";
import type { MessageDocument } from "../../src/api/types";
import { Outbox, type Delivery, type Keeper, type Unsent } from "../../src/stream/outbox";
import { Clock } from "./clock";

let clock: Clock;
let kept: string;
let tried: string[];
let answers: Map<string, (delivery: Delivery) => void>;

const keeper: Keeper = {
  load: () => JSON.parse(kept) as Unsent[],
  save: (messages) => {
    kept = JSON.stringify(messages);
  },
};

function openOutbox(): Outbox {
  return new Outbox(
    ({ client_id }) => {
      tried.push(client_id);
      return new Promise((resolve) => answers.set(client_id, resolve));
    },
    keeper,
    clock,
  );
}

function write(outbox: Outbox, client_id: string, contact_id = 1): void {
  const text = `text of ${client_id}`;
  outbox.add({ client_id, contact_id, text, attachments: [], internal: false, written_ms: 0 });
}

async function answer(clientId: string, delivery: Delivery): Promise<void> {
  answers.get(clientId)?.(delivery);
  await Promise.resolve();
  await Promise.resolve();
}

const waiting = (outbox: Outbox) =>
  outbox.store.getState().messages.map(({ client_id }) => client_id);

beforeEach(() => {
  clock = new Clock();
  kept = "[]";
  tried = [];
  answers = new Map();
});

test("messages of one contact go one after the other, of several side by side", async () => {
  const outbox = openOutbox();
  write(outbox, "a");
  write(outbox, "b");
  write(outbox, "other", 2);
  expect(tried).toEqual(["a", "other"]);
  await answer("a", { result: "delivered" });
  expect(tried).toEqual(["a", "other", "b"]);
  expect(waiting(outbox)).toEqual(["b", "other"]);
});

test("what found no answer is tried again under the same id", async () => {
  const outbox = openOutbox();
  write(outbox, "a");
  await answer("a", { result: "later" });
  expect(tried).toEqual(["a"]);
  clock.pass(1_000);
  expect(tried).toEqual(["a", "a"]);
  await answer("a", { result: "delivered" });
  expect(waiting(outbox)).toEqual([]);
});

test("a refused one waits for its writer and holds up nobody", async () => {
  const outbox = openOutbox();
  write(outbox, "a");
  write(outbox, "b");
  await answer("a", { result: "refused", detail: "The contact is closed" });
  expect(outbox.store.getState().messages[0]?.refusal).toBe("The contact is closed");
  expect(tried).toEqual(["a", "b"]);
  outbox.discard("a");
  expect(waiting(outbox)).toEqual(["b"]);
  outbox.retry("b");
  expect(tried).toEqual(["a", "b"]);
});

test("a reload keeps what was not confirmed, and sends it", () => {
  write(openOutbox(), "a");
  const reloaded = openOutbox();
  expect(waiting(reloaded)).toEqual(["a"]);
  reloaded.flush();
  expect(tried).toEqual(["a", "a"]);
});

test("a message that the stream brings is delivered, whatever became of the attempt", () => {
  const outbox = openOutbox();
  write(outbox, "a");
  write(outbox, "b");
  outbox.confirm([{ client_id: "a" } as MessageDocument]);
  expect(waiting(outbox)).toEqual(["b"]);
  expect(kept).not.toContain('"a"');
});

test("two tabs do not overwrite each other's messages", () => {
  const one = openOutbox();
  const other = openOutbox();
  write(one, "a");
  write(other, "b");
  one.reload();
  expect(waiting(one)).toEqual(["a", "b"]);
});
