// The desk, the supervisor's and the administrator's pages: one application.
// What is built goes into the Python package, which serves it under the same port as the API.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../src/frontdesk/api/static",
    emptyOutDir: true,
    sourcemap: false,
    chunkSizeWarningLimit: 1500,
  },
  server: {
    proxy: {
      "/api": { target: "http://127.0.0.1:8080", ws: true },
      "/widget.js": "http://127.0.0.1:8080",
    },
  },
});
