// `npm test`: types, unit tests, stories in Chromium; the last line is for scripts: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const results = join(here, 'TestResults');
mkdirSync(results, { recursive: true });
const total = { passed: 0, failed: 0 };
const count = (passed, failed) => { total.passed += passed; total.failed += failed; };
const run = (script, ...args) => spawnSync(process.execPath, [join(here, script), ...args], { cwd: here, stdio: 'inherit' });

console.log('types');
const types = run('node_modules/svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human');
count(types.status === 0 ? 1 : 0, types.status === 0 ? 0 : 1);

console.log('unit tests');
const report = join(results, 'unit.json');
rmSync(report, { force: true });
run('node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
// A run that left no report has failed as a whole.
const unit = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 1, numFailedTestSuites: 0, success: false };
count(unit.numPassedTests, unit.numFailedTests || (unit.success ? 0 : 1));

console.log('build');
const build = run('build.mjs');
count(build.status === 0 ? 1 : 0, build.status === 0 ? 0 : 1);

console.log('stories');
const { tellAll } = await import('./story/harness.mjs');
await import('./story/live.stories.mjs');
await import('./story/look.stories.mjs');
await import('./story/desk.stories.mjs');
await import('./story/desk-alerts.stories.mjs');
await import('./story/desk-look.stories.mjs');
await import('./story/desk-real.stories.mjs');
await import('./story/me.stories.mjs');
await import('./story/parts.stories.mjs');
await import('./story/wall.stories.mjs');
await import('./story/readme.stories.mjs');
await import('./story/real.stories.mjs');
const stories = await tellAll(process.argv[2] ?? '').catch((error) => {
  console.log(`  FAIL  ${error.message}`);
  return { passed: 0, failed: 1 };
});
count(stories.passed, stories.failed);

console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
