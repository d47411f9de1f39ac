import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, wherever it was cloned. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Below `node_modules`, so that deleting that folder also forgets everything noted here. */
export const notes = join(root, 'node_modules', '.mend');

export const webRoot = join(root, 'apps', 'web');
export const webDist = join(webRoot, 'dist');
export const serverMain = join(root, 'apps', 'server', 'src', 'main.ts');

/** What `npm run <name>` runs, see program.mjs. */
export const programs = new Map([
  ['admin', join(root, 'apps', 'server', 'src', 'admin.ts')],
  ['verify', join(root, 'apps', 'server', 'src', 'verify.ts')],
  ['simulate', join(root, 'test', 'simulation', 'run.ts')],
  ['crash', join(root, 'test', 'crash', 'run.ts')],
  ['fuzz', join(root, 'test', 'fuzz', 'run.ts')],
  ['bench', join(root, 'test', 'bench', 'run.ts')],
]);
