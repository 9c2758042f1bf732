import type { IntervalCompared } from "../api/types";
import { useLanguage } from "../i18n";
import classes from "./WhatIf.module.css";

const WIDTH = 1_000;
const HEIGHT = 100;

/** Service level by interval: the real one as a line, the range of the simulated ones behind it. */
export function Chart({
  intervals,
  timeZone,
}: {
  intervals: readonly IntervalCompared[];
  timeZone: string;
}) {
  const { t, locale } = useLanguage();
  const shown = intervals.filter((one) => one.service_level.simulated !== null);
  const first = shown[0];
  const last = shown.at(-1);
  if (first === undefined || last === undefined || shown.length < 2) return null;
  const when = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  const step = WIDTH / shown.length;
  return (
    <div className={classes.body}>
      <div className={classes.scale}>{t("whatif.chart_scale")}</div>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("whatif.chart")}
      >
        {[0, 50, 100].map((y) => (
          <line key={y} className={classes.grid} x1={0} x2={WIDTH} y1={y} y2={y} />
        ))}
        {shown.map(({ start_ms, service_level: { low, high } }, at) =>
          low === null || high === null ? null : (
            <rect
              key={start_ms}
              className={classes.band}
              x={at * step}
              width={step}
              y={heightOf(high)}
              height={Math.max(heightOf(low) - heightOf(high), 0.5)}
            />
          ),
        )}
        {linesOf(shown, step).map((points) => (
          <polyline key={points} className={classes.real} points={points} />
        ))}
      </svg>
      <div className={classes.scale}>
        <span>{when.format(first.start_ms)}</span>
        <span>{when.format(last.start_ms)}</span>
      </div>
      <span className={classes.legend}>
        <svg className={classes.swatch} viewBox="0 0 18 10" aria-hidden>
          <line className={classes.real} x1={0} x2={18} y1={5} y2={5} />
        </svg>
        {t("whatif.chart_real")}
      </span>
      <span className={classes.legend}>
        <svg className={classes.swatch} viewBox="0 0 18 10" aria-hidden>
          <rect className={classes.band} width={18} height={10} />
        </svg>
        {t("whatif.chart_simulated")}
      </span>
    </div>
  );
}

const heightOf = (share: number) => HEIGHT * (1 - Math.min(1, Math.max(0, share)));

/** Unbroken stretches; where nobody came there is nothing to draw. */
function linesOf(shown: readonly IntervalCompared[], step: number): string[] {
  const lines: string[] = [];
  let points: string[] = [];
  shown.forEach(({ service_level: { real } }, at) => {
    if (real !== null) {
      points.push(`${at * step},${heightOf(real)} ${(at + 1) * step},${heightOf(real)}`);
      return;
    }
    if (points.length > 0) lines.push(points.join(" "));
    points = [];
  });
  return points.length > 0 ? [...lines, points.join(" ")] : lines;
}
