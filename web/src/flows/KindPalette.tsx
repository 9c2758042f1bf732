import { ScrollArea, Tooltip, UnstyledButton } from "@mantine/core";
import { useLanguage } from "../i18n";
import { useDesignStore } from "./design";
import classes from "./Flows.module.css";
import { KIND_ICONS } from "./kindLooks";
import { GROUPS, KIND_GROUPS } from "./model";
import { openEnd, useAdding } from "./picking";

/** What a dragged kind is carried as. */
export const DRAGGED_KIND = "application/x-frontdesk-node";

/** What can be added, by a click or by dragging it into the drawing: at the side of the drawing. */
export function KindPalette() {
  const { t } = useLanguage();
  const design = useDesignStore();
  const add = useAdding();
  return (
    <ScrollArea className={classes.palette} aria-label={t("flow.add_node")} role="group">
      {GROUPS.map((group) => (
        <div key={group} role="group" aria-label={t(`flow.group.${group}`)}>
          <div className={classes.paletteGroup} aria-hidden>
            {t(`flow.group.${group}`)}
          </div>
          {KIND_GROUPS[group].map((kind) => {
            const Picture = KIND_ICONS[kind];
            return (
              <Tooltip key={kind} label={t(`flow.kind.${kind}.hint`)} position="right">
                <UnstyledButton
                  className={classes.paletteItem}
                  data-group={group}
                  data-add={kind}
                  draggable
                  onDragStart={(event) => {
                    event.dataTransfer.setData(DRAGGED_KIND, kind);
                  }}
                  onClick={() => {
                    add(kind, openEnd(design), null);
                  }}
                >
                  <Picture size={16} stroke={1.7} aria-hidden />
                  {t(`flow.kind.${kind}`)}
                </UnstyledButton>
              </Tooltip>
            );
          })}
        </div>
      ))}
    </ScrollArea>
  );
}
