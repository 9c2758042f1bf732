import type { AgentState } from "../api/types";
import classes from "./StateDot.module.css";

/** A coloured dot; its meaning always stands beside it in words. */
export function StateDot({ state }: { state: AgentState }) {
  return <span className={classes.dot} data-state={state} aria-hidden="true" />;
}
