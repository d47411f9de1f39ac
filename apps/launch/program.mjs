import { ensureInstalled } from './install.mjs';
import { programs, root } from './places.mjs';
import { runToEnd } from './run.mjs';
import { runCommand, Trouble } from './trouble.mjs';

/** `node apps/launch/program.mjs <name> [arguments]`: installs what is missing and runs one of our programs. */
await runCommand(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  const program = programs.get(name);
  if (program === undefined) {
    throw new Trouble(`there is no program "${name}"; there are ${[...programs.keys()].join(', ')}.`);
  }
  const node = await ensureInstalled();
  const { code } = await runToEnd(node, [program, ...args], { cwd: root, leash: true });
  return code;
});
