import type { Dictionary } from "../en";
import { admin } from "./admin";
import { alarms } from "./alarms";
import { callbacks } from "./callbacks";
import { common } from "./common";
import { desk } from "./desk";
import { figures } from "./figures";
import { floor } from "./floor";
import { flows } from "./flows";
import { intents } from "./intents";
import { lookups } from "./lookups";
import { reports } from "./reports";
import { telephone } from "./telephone";
import { walls } from "./walls";
import { whatif } from "./whatif";

export const ro: Dictionary = {
  ...common,
  ...callbacks,
  ...desk,
  ...figures,
  ...floor,
  ...flows,
  ...reports,
  ...walls,
  ...admin,
  ...alarms,
  ...lookups,
  ...intents,
  ...telephone,
  ...whatif,
};
