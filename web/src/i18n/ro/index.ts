import type { Dictionary } from "../en";
import { admin } from "./admin";
import { common } from "./common";
import { desk } from "./desk";
import { floor } from "./floor";

export const ro: Dictionary = { ...common, ...desk, ...floor, ...admin };
