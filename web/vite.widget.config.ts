// The customer's widget: one classic script, no framework, built apart from the desk.
// Runs after the desk's build, into the same folder.
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    target: ["chrome111", "firefox115", "safari16.4"],
    outDir: "../src/frontdesk/api/static",
    emptyOutDir: false,
    sourcemap: false,
    lib: {
      entry: "widget/src/main.ts",
      formats: ["iife"],
      name: "FrontdeskWidget",
      fileName: () => "widget.js",
    },
  },
});
