// Builds the dashboard into the service's wwwroot, once, however many builds of the solution ask for it at the same time.
// Run by dashboard.targets; `npm run build` is the same without the bookkeeping.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, '../src/FloorMonitor.Service/wwwroot'));
const work = join(here, '.build');
const lock = join(here, '.build.lock');
const built = join(out, '.built');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) fail(`Node ${process.versions.node} is too old for the dashboard: install Node 20.19 or later.`);

await takeLock();
try {
  const packages = hash([join(here, 'package.json'), join(here, 'package-lock.json')]);
  const restored = join(here, 'node_modules/.floor-restored');
  if (read(restored) !== packages) {
    run('npm', ['ci', '--no-fund', '--no-audit'], 'npm ci could not restore the dashboard\'s packages');
    writeFileSync(restored, packages);
  }
  const sources = hash([...files(join(here, 'src')), ...files(join(here, 'public')),
    ...['index.html', 'vite.config.ts', 'svelte.config.js', 'tsconfig.json', 'package-lock.json', 'build.mjs'].map((name) => join(here, name))]);
  if (read(built) !== sources || !existsSync(join(out, 'index.html'))) {
    rmSync(work, { recursive: true, force: true });
    run(process.execPath, [join(here, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], 'the dashboard does not build', { FLOOR_DASHBOARD_OUT: work });
    publish();
    writeFileSync(built, sources);
  }
  // The build system compares times; the contents were compared above.
  const now = new Date();
  utimesSync(built, now, now);
} finally {
  rmSync(lock, { recursive: true, force: true });
}

/** Moves the new files in, assets before the page that names them, so that a service that runs never serves half a dashboard. */
function publish() {
  mkdirSync(out, { recursive: true });
  const fresh = new Set(files(work).map((file) => relative(work, file)));
  for (const name of [...fresh].filter((name) => name !== 'index.html')) cpSync(join(work, name), join(out, name));
  cpSync(join(work, 'index.html'), join(out, 'index.html'));
  for (const file of files(out)) if (!fresh.has(relative(out, file))) rmSync(file);
  rmSync(work, { recursive: true, force: true });
}

/** A folder can be made by one process only; one left behind by a build that was killed is taken over after five minutes. */
async function takeLock() {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 300_000) rmSync(lock, { recursive: true, force: true });
      await new Promise((done) => setTimeout(done, 200));
    }
  }
}

function run(command, args, complaint, env = {}) {
  const result = spawnSync(command, args, { cwd: here, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' && command === 'npm' });
  if (result.status === 0) return;
  rmSync(lock, { recursive: true, force: true });
  fail(`${complaint} (${result.error?.message ?? `exit code ${result.status}`}). -p:SkipDashboard=true builds the service without it.`);
}

function fail(message) {
  console.error(`dashboard : error FLOOR002: ${message}`);
  process.exit(1);
}

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
}

function hash(names) {
  const sum = createHash('sha256');
  for (const name of names) sum.update(relative(here, name)).update('\0').update(readFileSync(name)).update('\0');
  return sum.digest('hex');
}

function read(name) {
  return existsSync(name) ? readFileSync(name, 'utf8') : null;
}
