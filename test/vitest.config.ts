import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

const minutes = (count: number): number => count * 60_000;

/** What each project reads and how long one of its tests may take. `apps/launch/stages.mjs` runs them in this order. */
const projects = [
  {
    name: 'unit',
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}'],
    testTimeout: 10_000,
  },
  { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 20_000, maxWorkers: 2 },
  { name: 'wire', include: ['test/wire/**/*.test.ts'], testTimeout: 30_000 },
  { name: 'simulation', include: ['test/simulation/**/*.test.ts'], testTimeout: minutes(5) },
  { name: 'crash', include: ['test/crash/**/*.test.ts'], testTimeout: minutes(3) },
  { name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], testTimeout: minutes(3), maxWorkers: 2 },
  { name: 'architecture', include: ['test/architecture/**/*.test.ts'], testTimeout: 30_000 },
  // A browser, a server and two people need both cores, so one file at a time.
  { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: minutes(2), maxWorkers: 1 },
];

export default defineConfig({
  root,
  test: {
    passWithNoTests: true,
    projects: projects.map((project) => ({
      root,
      test: {
        ...project,
        environment: 'node',
        globals: false,
        hookTimeout: project.testTimeout,
        restoreMocks: true,
        unstubEnvs: true,
      },
    })),
  },
});
