import { UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useLanguage } from "../i18n";
import { Empty } from "../ui/Empty";
import { errorsOf, openForm, showPanel, useDesign, useDesignStore, useFlow } from "./design";
import classes from "./Flows.module.css";
import { findNode } from "./model";
import { useTitleOf } from "./sentences";

/** What keeps the flow from being published, each beside its node. */
export function ProblemList() {
  const { t } = useLanguage();
  const design = useDesignStore();
  const flow = useFlow();
  const found = useDesign((state) => state.problems);
  const problems = [...errorsOf(found), ...found.filter((each) => each.severity === "warning")];
  const titleOf = useTitleOf();
  if (problems.length === 0)
    return (
      <Empty
        icon={IconCircleCheck}
        title={t("flow.no_problems")}
        hint={t("flow.no_problems_hint")}
      />
    );
  return (
    <ul className={classes.problems}>
      {problems.map(({ node_id, detail, severity }) => {
        const node = findNode(flow, node_id);
        return (
          <li key={`${node_id} ${detail}`}>
            <UnstyledButton
              className={classes.problem}
              data-severity={severity}
              onClick={() => {
                if (node === undefined) showPanel(design, "flow");
                else openForm(design, node_id);
              }}
            >
              <IconAlertTriangle size={15} aria-hidden />
              <span>
                <b>{node === undefined ? t("flow.own") : titleOf(node)}</b>
                <br />
                {detail}
                {severity === "warning" && (
                  <span className={classes.dimmed}> {t("flow.only_a_warning")}</span>
                )}
              </span>
            </UnstyledButton>
          </li>
        );
      })}
    </ul>
  );
}
