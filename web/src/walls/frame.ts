// What a wall is sent, and the figures that are made of it. Each frame is the whole of it.
import type { QueueDocument, Tile } from "../api/types";

export interface WallFrame {
  op: "wall";
  now_ms: number;
  name: string;
  theme: "light" | "dark" | "contrast";
  tiles: Tile[];
  queues: QueueDocument[];
  agents: { agent_id: string; name: string; state: string; since_ms: number }[];
  flows: { flow_id: string; name: string; running: number; started_today: number }[];
  trends: Record<string, Trend>;
}

export interface Trend {
  today: [string, number | null][];
  week_ago: [string, number | null][];
}

export type Mood = "good" | "fair" | "bad" | "plain";

export interface Shown {
  value: number | null;
  unit: "count" | "ms" | "ratio";
  mood: Mood;
}

export function queuesOf(frame: WallFrame, tile: Tile): QueueDocument[] {
  if (tile.queue_ids.length === 0) return frame.queues;
  return frame.queues.filter((queue) => tile.queue_ids.includes(queue.queue_id));
}

/** The tile’s figure over its queues together. A ratio is made of sums, not of ratios. */
export function figureOf(queues: QueueDocument[], metric: Tile["metric"], nowMs: number): Shown {
  const sum = (pick: (queue: QueueDocument) => number) =>
    queues.reduce((total, queue) => total + pick(queue), 0);
  switch (metric) {
    case "waiting": {
      const value = sum((queue) => queue.waiting);
      return { value, unit: "count", mood: value === 0 ? "good" : "plain" };
    }
    case "oldest": {
      const ages = queues.flatMap((queue) =>
        queue.oldest_since_ms === null ? [] : [nowMs - queue.oldest_since_ms],
      );
      const value = ages.length === 0 ? 0 : Math.max(0, ...ages);
      const target = Math.min(...queues.map((queue) => queue.service_level.target_ms));
      return { value, unit: "ms", mood: value <= target ? "good" : "bad" };
    }
    case "service_level": {
      const counted = sum((queue) => queue.service_level.counted);
      if (counted === 0) return { value: null, unit: "ratio", mood: "plain" };
      const value = sum((queue) => queue.service_level.answered_in_target) / counted;
      const target = Math.max(...queues.map((queue) => queue.service_level.target_ratio));
      const mood = value >= target ? "good" : value >= target - 0.1 ? "fair" : "bad";
      return { value, unit: "ratio", mood };
    }
    case "offered":
      return { value: sum((queue) => queue.offered_today), unit: "count", mood: "plain" };
    case "answered":
      return { value: sum((queue) => queue.answered_today), unit: "count", mood: "plain" };
    case "abandoned":
      return { value: sum((queue) => queue.abandoned_today), unit: "count", mood: "plain" };
    case "idle": {
      // An agent may serve several queues: of those the most free ones stand for all.
      const value = Math.max(0, ...queues.map((queue) => queue.agents.idle ?? 0));
      return { value, unit: "count", mood: value === 0 ? "bad" : "good" };
    }
  }
}
