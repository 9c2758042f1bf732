import { IconRobot } from "@tabler/icons-react";
import type { ContactDocument } from "../api/types";
import { useSettings } from "../app/workplace";
import { useLanguage } from "../i18n";
import { Empty } from "../ui/Empty";
import { ContactLine } from "./ContactLine";
import classes from "./Floor.module.css";
import { nameOf as nameOfCustomer } from "../ui/nameOf";

const SHOWN_MAX = 100;

/** Contacts that a flow alone has, each with the flow. */
export function SelfService({ contacts }: { contacts: ContactDocument[] }) {
  const { t } = useLanguage();
  const flows = useSettings("flow");
  const served = contacts
    .filter(({ state }) => state === "self_service")
    .sort((a, b) => a.opened_ms - b.opened_ms);
  const nameOf = (id: string | null) => flows.find(({ flow_id }) => flow_id === id)?.name ?? id;
  return (
    <section className={classes.card} aria-label={t("contact_state.self_service")}>
      <div className={classes.cardHead}>
        <h2 className={classes.cardTitle}>
          {t("contact_state.self_service")} · {served.length}
        </h2>
      </div>
      {served.length === 0 ? (
        <Empty
          icon={IconRobot}
          title={t("floor.nobody_with_flow")}
          hint={t("floor.nobody_with_flow_hint")}
        />
      ) : (
        <div className={classes.lines}>
          {served.slice(0, SHOWN_MAX).map((contact) => (
            <ContactLine
              key={contact.contact_id}
              contactId={contact.contact_id}
              name={nameOfCustomer(contact.customer, t)}
              about={[nameOf(contact.flow_id), contact.topic].filter(Boolean).join(" · ")}
              sinceMs={contact.opened_ms}
            />
          ))}
        </div>
      )}
    </section>
  );
}
