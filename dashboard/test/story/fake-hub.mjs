// A hub that speaks SignalR's JSON protocol (negotiate, WebSocket, records ended by 0x1e) and can be told to misbehave.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer } from 'ws';

const end = '\x1e';
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

export class FakeHub {
  sockets = new Set();
  timers = new Set();
  silent = false;
  /** Pages of a test's own, by path. */
  pages = new Map();
  refusing = false;
  /** Whoever asks below /api has the line cut instead of an answer. */
  cutting = false;
  requested = 0;
  connected = 0;

  constructor(floor, { root, beatMs = 500, now = Date.now } = {}) {
    this.now = now;
    this.floor = floor;
    this.server = createServer((request, response) => this.answer(request, response, root));
    this.hub = new WebSocketServer({ noServer: true });
    this.server.on('upgrade', (request, socket, head) => {
      if (this.refusing) return socket.destroy();
      this.hub.handleUpgrade(request, socket, head, (ws) => this.welcome(ws));
    });
    this.timers.add(setInterval(() => this.beat(), beatMs));
  }

  async start() {
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  async stop() {
    for (const timer of this.timers) clearInterval(timer);
    this.cut();
    await new Promise((done) => { this.server.close(done); this.server.closeAllConnections(); });
  }

  /** What a command is answered; a test sets its own. */
  reply = () => null;

  /** What an address below /api is answered: `{ status, body }` or a promise of it, null for 404; a test sets its own. */
  api = () => null;

  /** Cuts every link; with `refusing` set no new one is let in. */
  cut() { for (const ws of this.sockets) ws.terminate(); }

  send(target, argument) {
    if (this.silent) return;
    for (const ws of this.sockets) ws.send(JSON.stringify({ type: 1, target, arguments: [argument] }) + end);
  }

  /** A delta with these changes, folded into the hub's own floor too; `lose` leaves it unsent, which makes a gap. */
  delta(changes = {}, { lose = false } = {}) {
    const from = this.floor.version;
    const at = new Date(this.now()).toISOString();
    const merged = (list, changed, key) => (changed ? [...list.filter((x) => !changed.some((y) => y[key] === x[key])), ...changed] : list);
    const { agents, queues, verdicts, agentsGone, queuesGone, verdictsGone, ...rest } = changes;
    this.floor = {
      ...this.floor, ...rest, version: from + 1, at,
      agents: merged(this.floor.agents, agents, 'id').filter((a) => !agentsGone?.includes(a.id)),
      queues: merged(this.floor.queues, queues, 'name').filter((q) => !queuesGone?.includes(q.name)),
      verdicts: merged(this.floor.verdicts, verdicts, 'id').filter((v) => !verdictsGone?.includes(v.id)),
    };
    if (!lose) this.send('Delta', { from, version: from + 1, at, ...changes });
  }

  beat() { this.send('Delta', { from: this.floor.version, version: this.floor.version, at: new Date(this.now()).toISOString() }); }

  snapshot(ws) {
    if (!this.silent) ws.send(JSON.stringify({ type: 1, target: 'Snapshot', arguments: [{ ...this.floor, at: new Date(this.now()).toISOString() }] }) + end);
  }

  welcome(ws) {
    this.connected++;
    ws.once('message', () => {
      ws.send('{}' + end);
      this.sockets.add(ws);
      this.snapshot(ws);
      ws.on('message', (data) => {
        for (const part of String(data).split(end).filter(Boolean)) {
          const message = JSON.parse(part);
          if (message.type !== 1) continue;
          if (message.target === 'RequestSnapshot') { this.requested++; this.snapshot(ws); }
          if (message.invocationId) ws.send(JSON.stringify({ type: 3, invocationId: message.invocationId, result: this.reply(message.target, message.arguments) }) + end);
        }
      });
    });
    ws.on('close', () => this.sockets.delete(ws));
    ws.on('error', () => this.sockets.delete(ws));
  }

  async answerApi(request, response) {
    let text = '';
    for await (const part of request) text += part;
    const { status = 200, body } = (await this.api(request.method, request.url, text ? JSON.parse(text) : null)) ?? { status: 404, body: { type: 'urn:floormonitor:not-found', title: 'There is no such thing', status: 404, detail: request.url } };
    response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' });
    response.end(JSON.stringify(body));
  }

  answer(request, response, root) {
    const path = new URL(request.url, 'http://x').pathname;
    if (path === '/hubs/floor/negotiate') {
      if (this.refusing) return request.socket.destroy();
      response.setHeader('content-type', 'application/json');
      return response.end(JSON.stringify({ connectionId: 'a', connectionToken: 'a', negotiateVersion: 1, availableTransports: [{ transport: 'WebSockets', transferFormats: ['Text'] }] }));
    }
    if (path.startsWith('/api/')) return this.cutting ? request.socket.destroy() : this.answerApi(request, response);
    if (this.pages.has(path)) {
      response.setHeader('content-type', types['.html']);
      return response.end(this.pages.get(path));
    }
    let file = normalize(join(root, path));
    if (!file.startsWith(root) || !existsSync(file) || !statSync(file).isFile()) file = join(root, 'index.html');
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  }
}
