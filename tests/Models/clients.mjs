// The vendors' own clients, unchanged, against whatever the environment names:
//
//     OPENAI_BASE_URL=... OPENAI_API_KEY=... ANTHROPIC_BASE_URL=... ANTHROPIC_API_KEY=... AIOS_TESTS_NPM=FOLDER \
//         node clients.mjs openai,anthropic,vercel [--prefix gemini-] [--only stream]
//
// FOLDER has node_modules with the packages. The models that are called have the names of the behaviours of fake_models.mjs (echo, words-5,
// tool, ...) after the prefix. Each check is a line of JSON: {client, check, ok, error}. The exit status is 1 if one of them failed.
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: { prefix: { type: 'string', default: '' }, only: { type: 'string', default: '' } },
});
const load = createRequire(path.join(path.resolve(process.env.AIOS_TESTS_NPM ?? '.'), 'package.json'));
let failed = 0;

for (const client of (positionals[0] ?? 'openai,anthropic,vercel').split(',')) {
  const { checks } = await import(`./clients/${client}.mjs`);
  for (const [check, run] of Object.entries(checks(load, (name) => given.prefix + name))) {
    if (!check.includes(given.only)) {
      continue;
    }
    let error = null;
    try {
      await run();
    } catch (thrown) {
      error = `${thrown.name}: ${thrown.message}`.slice(0, 2000);
    }
    failed += error === null ? 0 : 1;
    console.log(JSON.stringify({ client, check, prefix: given.prefix, ok: error === null, error }));
  }
}
process.exit(failed === 0 ? 0 : 1);
