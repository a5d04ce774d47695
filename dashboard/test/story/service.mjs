// The real service with its demo floor, as a process of its own that ends with the test.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repo = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const program = process.env.FLOOR_SERVICE_DLL
  ?? ['Debug', 'Release'].map((one) => join(repo, `src/FloorMonitor.Service/bin/${one}/net10.0/FloorMonitor.Service.dll`)).find(existsSync);

/** Starts the service on a free port (or on one that it had before) and waits until it is ready. */
export async function startService({ port, data, config = join(repo, 'config') } = {}) {
  if (!program) throw new Error('the service is not built: dotnet build src/FloorMonitor.Service');
  const own = data ?? mkdtempSync(join(tmpdir(), 'floor-wall-'));
  const at = port ?? (await freePort());
  const url = `http://127.0.0.1:${at}`;
  const child = spawn('dotnet', [program, '--config', config], { env: { ...process.env, ASPNETCORE_URLS: url, FLOOR_DATA: own }, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const keep = (text) => { log = (log + text).slice(-4_000); };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise((done) => child.once('exit', done));
  const stop = async ({ keepData = false } = {}) => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(late);
    if (!keepData) rmSync(own, { recursive: true, force: true });
  };
  for (let began = performance.now(); ; ) {
    if (child.exitCode !== null || performance.now() - began > 45_000) {
      await stop();
      throw new Error(`the service did not become ready:\n${log}`);
    }
    if ((await fetch(`${url}/readyz`).then((answer) => answer.status, () => 0)) === 200) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  return { url, port: at, data: own, stop, floor: () => fetch(`${url}/api/floor`).then((answer) => answer.json()) };
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
