// The look: calm petrol, Inter, small radii, dense controls; contrast held to WCAG AA.
import {
  ActionIcon,
  Badge,
  Button,
  Drawer,
  Menu,
  Modal,
  Popover,
  Tooltip,
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";

const petrol: MantineColorsTuple = [
  "#eaf6f8",
  "#d7eaee",
  "#acd5dd",
  "#7ebfcb",
  "#58adbc",
  "#3fa1b3",
  "#2a8496",
  "#1b6b7b",
  "#125866",
  "#064551",
];

const dialogProps = (closeLabel: string) => ({
  closeButtonProps: { "aria-label": closeLabel },
  // A dialog's header is not the page's banner.
  attributes: { header: { role: "none" } },
});

/** What opens beside something stands within the page's landmark, where a reader looks for it. */
const portalProps = { target: "#main" };

/** What a screen reader calls the closing cross is said in the reader’s language. */
export const buildTheme = (closeLabel: string) =>
  createTheme({
    colors: { petrol },
    primaryColor: "petrol",
    primaryShade: { light: 7, dark: 7 },
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontFamilyMonospace: "ui-monospace, 'DejaVu Sans Mono', monospace",
    headings: {
      fontWeight: "600",
      sizes: {
        h1: { fontSize: "1.375rem" },
        h2: { fontSize: "1.0625rem" },
        h3: { fontSize: "0.9375rem" },
      },
    },
    fontSizes: { xs: "0.75rem", sm: "0.84375rem", md: "0.9375rem" },
    defaultRadius: "md",
    cursorType: "pointer",
    respectReducedMotion: true,
    autoContrast: true,
    components: {
      Button: Button.extend({ defaultProps: { size: "xs" } }),
      ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray" } }),
      Badge: Badge.extend({ defaultProps: { variant: "light", tt: "none", fw: 500 } }),
      Tooltip: Tooltip.extend({
        defaultProps: {
          portalProps,
          withArrow: true,
          multiline: true,
          maw: 320,
          openDelay: 250,
          events: { hover: true, focus: true, touch: true },
        },
      }),
      Popover: Popover.extend({ defaultProps: { portalProps } }),
      // The placeholder would be a child that a menu may not have; the first item is focused.
      Menu: Menu.extend({ defaultProps: { shadow: "md", withInitialFocusPlaceholder: false } }),
      Modal: Modal.extend({
        defaultProps: {
          centered: true,
          overlayProps: { backgroundOpacity: 0.35, blur: 1 },
          ...dialogProps(closeLabel),
        },
      }),
      Drawer: Drawer.extend({
        defaultProps: {
          position: "right",
          overlayProps: { backgroundOpacity: 0.25 },
          ...dialogProps(closeLabel),
        },
      }),
    },
  });

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5b6570",
    "--mantine-color-placeholder": "#6b7580",
    "--mantine-color-error": "#c22a2a",
    "--fd-canvas": "#f4f6f7",
    "--fd-panel": "#ffffff",
    "--fd-line": "#e1e6e9",
    "--fd-hover": "#f0f4f5",
    "--fd-selected": "#e0f0f3",
    "--fd-theirs": "#eef1f3",
    "--fd-ours": "#d7ecf0",
    "--fd-note": "#fff4d1",
    "--fd-note-line": "#ecd48a",
    "--fd-attention": "#b54708",
    "--fd-good": "#157347",
    "--fd-bad": "#c22a2a",
  },
  dark: {
    "--mantine-color-dimmed": "#a2abb3",
    "--mantine-color-placeholder": "#8b949c",
    "--mantine-color-error": "#ff8787",
    "--fd-canvas": "#14181b",
    "--fd-panel": "#1b2024",
    "--fd-line": "#2c3338",
    "--fd-hover": "#232a2f",
    "--fd-selected": "#17353c",
    "--fd-theirs": "#2a3136",
    "--fd-ours": "#17414b",
    "--fd-note": "#3b3318",
    "--fd-note-line": "#6b5c26",
    "--fd-attention": "#ffb266",
    "--fd-good": "#69d5a0",
    "--fd-bad": "#ff8787",
    "--mantine-color-body": "#1b2024",
    "--mantine-color-anchor": "#7ebfcb",
  },
});
