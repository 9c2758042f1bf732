import { useLanguage } from "../i18n";
import type { TrialMessage } from "./api";
import classes from "./Flows.module.css";

/** A message as the channel that is tried puts it; its buttons stand apart. */
export function Shown({ message }: { message: TrialMessage }) {
  const { t } = useLanguage();
  const shown = message.shown;
  switch (shown?.manner) {
    case "numbers":
      return shown.texts.map(({ text, segments }, index) => (
        <div key={index} className={classes.shortText}>
          <p className={classes.bubble}>{text}</p>
          {segments > 1 && <small>{t("flow.try_segments", { count: segments })}</small>}
        </div>
      ));
    case "voice":
      return (
        <div className={classes.bubble}>
          {shown.utterances.map(({ language, text }, index) => (
            <p key={index} className={classes.utterance} lang={language}>
              {text}
            </p>
          ))}
        </div>
      );
    case "buttons":
    case "words":
      return <p className={classes.bubble}>{shown.text}</p>;
    default:
      return <p className={classes.bubble}>{message.text}</p>;
  }
}
