import type { Text } from "../text";
import { admin } from "./admin";
import { common } from "./common";
import { desk } from "./desk";
import { floor } from "./floor";
import { flows } from "./flows";

export const en = { ...common, ...desk, ...floor, ...flows, ...admin };

export type Key = keyof typeof en;
export type Dictionary = Record<Key, Text>;
