import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["{tests,widget/tests}/**/*.test.ts"] } });
