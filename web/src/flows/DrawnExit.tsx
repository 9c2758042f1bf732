import { BaseEdge, EdgeLabelRenderer, getBezierPath, type EdgeProps } from "@xyflow/react";
import { useLanguage } from "../i18n";
import type { ExitEdge } from "./Drawing";
import { useDesign, useFlow } from "./design";
import classes from "./Flows.module.css";
import { useLiveFlow } from "./live";

/** An edge; on a published flow with how many contacts have passed it today. */
export function DrawnExit(props: EdgeProps<ExitEdge>) {
  const { t, number } = useLanguage();
  const { flow_id } = useFlow();
  const key = props.data?.key ?? props.id;
  const passed = useDesign((design) => design.trace?.passed.has(key) === true);
  const count = useLiveFlow(flow_id)?.edges[key] ?? 0;
  const [path, x, y] = getBezierPath(props);
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        {...(props.markerEnd === undefined ? {} : { markerEnd: props.markerEnd })}
        className={classes.edge ?? ""}
        data-passed={passed || undefined}
        data-chosen={props.selected || undefined}
      />
      {count > 0 && (
        <EdgeLabelRenderer>
          <span
            className={classes.count}
            data-count={key}
            title={t("flow.passed_today", { count })}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            {number(count)}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
