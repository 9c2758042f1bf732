import { BaseEdge, EdgeLabelRenderer, getBezierPath, type EdgeProps } from "@xyflow/react";
import { useLanguage } from "../i18n";
import type { ExitEdge } from "./Drawing";
import { isPassed, useDesign, useFlow } from "./design";
import classes from "./Flows.module.css";
import { countAlong, useLiveFlow } from "./live";
import { findNode } from "./model";

/** An edge; on a published flow with how many contacts have passed it today. */
export function DrawnExit(props: EdgeProps<ExitEdge>) {
  const { t, number } = useLanguage();
  const { source, sourceHandleId, data } = props;
  const flow = useFlow();
  const node = findNode(flow, source);
  const exit = sourceHandleId ?? "";
  const passed = useDesign((design) => node !== undefined && isPassed(design.trace, node, exit));
  const live = useLiveFlow(flow.flow_id);
  const count = node === undefined ? 0 : countAlong(live, node, exit);
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
            data-count={data?.key}
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
