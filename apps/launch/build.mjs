import { ensureBuilt } from './build-web.mjs';
import { ensureInstalled } from './install.mjs';
import { runCommand } from './trouble.mjs';

await runCommand(async () => {
  await ensureBuilt(await ensureInstalled());
  return 0;
});
