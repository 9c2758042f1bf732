import type { Dictionary } from "../en";
import { admin } from "./admin";
import { common } from "./common";
import { desk } from "./desk";
import { floor } from "./floor";
import { flows } from "./flows";
import { lookups } from "./lookups";

export const ru: Dictionary = { ...common, ...desk, ...floor, ...flows, ...admin, ...lookups };
