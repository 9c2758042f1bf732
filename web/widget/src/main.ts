/**
 * What the one script line of a customer's page runs:
 *
 *     <script src="https://host/widget.js" data-widget="demo" async></script>
 *
 * `data-locale` (en, ru, ro) overrides the page's language.
 */
import { FrontdeskWidget } from "./element";

const NAME = "frontdesk-widget";

function embed(script: HTMLScriptElement): void {
  const { widget, locale } = script.dataset;
  if (!widget) return;
  const element = document.createElement(NAME);
  element.setAttribute("host", new URL(script.src).origin);
  element.setAttribute("widget", widget);
  if (locale) element.setAttribute("locale", locale);
  document.body.append(element);
}

if (!customElements.get(NAME)) customElements.define(NAME, FrontdeskWidget);
const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  // Without `async`, in a page's head, the script runs before there is a body.
  if (document.readyState !== "loading") embed(script);
  else addEventListener("DOMContentLoaded", () => embed(script));
}
