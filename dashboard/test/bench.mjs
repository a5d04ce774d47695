// `npm run bench`: what painting costs. 1,000 tiles of which 100 change at 10 Hz, beside the same changes made by hand to the
// same markup in the same browser; how long a change takes from the hub to the frame; how the page's heap stands after many deltas.
import { fakeFloor, seeded } from './story/fake-floor.mjs';
import { FakeHub } from './story/fake-hub.mjs';
import { launch, openWall, root } from './story/browser.mjs';

const seconds = Number(process.argv[2] ?? 15);
const states = ['available', 'ringing', 'onCall', 'onHold', 'wrapUp', 'unreachable'];
const browser = await launch();
const rest = (ms) => new Promise((done) => setTimeout(done, ms));
const every = async (ms, times, act) => {
  const began = performance.now();
  for (let i = 0; i < times; i++) {
    await act(i);
    await rest(Math.max(0, began + (i + 1) * ms - performance.now()));
  }
};

async function meter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const read = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return (await read()).JSHeapUsedSize / 1024 / 1024;
  };
  return { read, heap };
}

const spent = (before, after, ticks) => Object.fromEntries(['TaskDuration', 'ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'].map((name) => [name.replace('Duration', ''), ((after[name] - before[name]) * 1000) / ticks]));
const show = (label, cost) => console.log(`${label.padEnd(26)} ${Object.entries(cost).map(([name, ms]) => `${name} ${ms.toFixed(2)} ms`).join('  ')}`);

/** A hundred agents, each with the next state. */
const changes = (random, floor) => Array.from({ length: 100 }, () => {
  const agent = floor.agents[Math.floor(random() * floor.agents.length)];
  return { ...agent, state: states[Math.floor(random() * states.length)], since: new Date().toISOString(), break: null, handRaisedAt: null };
});

const hub = new FakeHub(fakeFloor({ agents: 1000, queues: 6, lang: 'en' }), { root });
const url = await hub.start();
const ticks = seconds * 10;

const wall = await openWall(browser, url, { lang: 'en' });
const gauge = await meter(wall);
const random = seeded(3);
await every(100, 20, () => hub.delta({ agents: changes(random, hub.floor) }));
const firstHeap = await gauge.heap();
let before = await gauge.read();
await every(100, ticks, () => hub.delta({ agents: changes(random, hub.floor) }));
const ours = spent(before, await gauge.read(), ticks);
show('wall, each tick', ours);

// The peer: the wall's own markup without its program, changed by hand.
const markup = (await wall.evaluate(() => document.documentElement.outerHTML)).replace(/<script.*?<\/script>/g, '').replaceAll('="/', `="${url}/`);
await hub.cut();
await wall.context().close();
const peer = await (await browser.newContext({ viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' })).newPage();
await peer.setContent(markup);
await peer.evaluate((known) => {
  const tiles = [...document.querySelectorAll('[data-agent]')];
  const shapes = Object.fromEntries(known.map((state) => [state, document.querySelector(`[data-state="${state}"] path`)?.getAttribute('d') ?? 'M0 0h9']));
  window.byHand = (list) => {
    for (const [index, state] of list) {
      const tile = tiles[index];
      tile.className = tile.className.replace(tile.dataset.state, state);
      tile.dataset.state = state;
      tile.style.setProperty('--state', `var(--${state})`);
      tile.querySelector('path').setAttribute('d', shapes[state]);
    }
  };
}, states);
const peerGauge = await meter(peer);
const dice = seeded(3);
const list = () => Array.from({ length: 100 }, () => [Math.floor(dice() * 1000), states[Math.floor(dice() * states.length)]]);
await every(100, 20, () => peer.evaluate((changed) => window.byHand(changed), list()));
before = await peerGauge.read();
await every(100, ticks, () => peer.evaluate((changed) => window.byHand(changed), list()));
const hand = spent(before, await peerGauge.read(), ticks);
show('by hand, each tick', hand);
console.log(`wall ÷ by hand             ${(ours.Task / hand.Task).toFixed(2)}`);
await peer.context().close();

// From the hub to the frame, at 200 agents.
hub.floor = { ...fakeFloor({ agents: 200, queues: 6, lang: 'en' }), version: 1 };
const small = await openWall(browser, url, { lang: 'en' });
await small.evaluate(() => {
  window.painted = [];
  new MutationObserver((records) => {
    if (!records.some(({ target }) => target.dataset?.agent)) return;
    // The frame after the next callback has been painted.
    requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => window.painted.push(Date.now()); channel.port2.postMessage(0); });
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-state'] });
});
const took = [];
for (let i = 0; i < 200; i++) {
  const count = await small.evaluate(() => window.painted.length);
  const agent = hub.floor.agents[i % 150];
  const sent = Date.now();
  hub.delta({ agents: [{ ...agent, state: agent.state === 'wrapUp' ? 'available' : 'wrapUp', break: null }] });
  await small.waitForFunction((had) => window.painted.length > had, count, { polling: 5 });
  took.push((await small.evaluate(() => window.painted.at(-1))) - sent);
  await rest(20);
}
took.sort((a, b) => a - b);
console.log(`hub to painted frame       p50 ${took[100]} ms  p99 ${took[197]} ms  (200 agents, 200 changes)`);

const heapGauge = await meter(small);
const heapBefore = await heapGauge.heap();
for (let i = 0; i < 10_000; i++) {
  hub.delta({ agents: [{ ...hub.floor.agents[i % 200], state: states[i % states.length], since: new Date().toISOString() }] });
  if (i % 50 === 0) await rest(10);
}
await rest(1_000);
console.log(`heap                       ${heapBefore.toFixed(1)} MB, after 10,000 deltas ${(await heapGauge.heap()).toFixed(1)} MB (1,000 agents: ${firstHeap.toFixed(1)} MB)`);
await browser.close();
await hub.stop();
