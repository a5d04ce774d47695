// A day of twelve hours at sixty times its speed (twelve minutes; BENCH_HOURS for less): the heap at its end beside the heap after its first hour.
import { fakeFloor, seeded, totalsOf } from '../story/fake-floor.mjs';
import { FakeHub } from '../story/fake-hub.mjs';
import { openWall, root } from '../story/browser.mjs';
import { every, meter } from './meter.mjs';

const speed = 60;
const hours = Number(process.env.BENCH_HOURS ?? 12);
const limit = 1.2;
const states = ['available', 'ringing', 'onCall', 'onHold', 'wrapUp', 'onBreak', 'unreachable', 'signedOut'];

export async function measure(browser) {
  const began = Date.now();
  const now = () => began + (Date.now() - began) * speed;
  const hub = new FakeHub(fakeFloor({ agents: 200, queues: 7, wall: { pages: [{ show: 'overview', forMs: 600_000 }, { show: 'traffic', forMs: 300_000 }, { show: 'queues', forMs: 300_000 }, { show: 'agents', forMs: 300_000 }] } }), { root, now });
  const page = await openWall(browser, await hub.start(), {});
  const gauge = await meter(page);
  const random = seeded(9);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const iso = (ms) => new Date(ms).toISOString();
  const heaps = [];
  try {
    let opened = 0;
    // Ten deltas a second, each six seconds of the day: every agent changes about every minute and a half, verdicts come and go, breaks overrun.
    const step = (i) => {
      const at = now();
      const agents = Array.from({ length: 13 }, () => {
        const agent = { ...pick(hub.floor.agents), state: pick(states), since: iso(at) };
        return { ...agent, break: agent.state === 'onBreak' ? { kind: 'short', reason: 'short', since: iso(at), endsAt: iso(at + 300_000) } : null, handRaisedAt: random() < 0.02 ? iso(at) : null };
      });
      const queues = hub.floor.queues.map((queue) => ({ ...queue, waiting: Math.floor(random() * 9), oldestWaitSince: iso(at - random() * 200_000), offered: queue.offered + 1 })).filter(() => random() < 0.4);
      const verdicts = i % 20 === 0 ? [{ id: `v${opened++}`, rule: 'break-limit', clause: 'D2.4', severity: 'warning', subject: { kind: 'agent', id: agents[0].id, name: agents[0].name }, openedAt: iso(at), closedAt: null, text: { zh: '句', en: 'words' }, evidence: [], gaps: [], status: 'open', history: [] }] : undefined;
      const strip = i % 10 === 0 ? { ...hub.floor.strip, buckets: [...hub.floor.strip.buckets.slice(1), { at: iso(Math.floor(at / 60_000) * 60_000), offered: 9, answered: Math.floor(random() * 9), abandoned: 1, within: 5 }] } : undefined;
      hub.delta({ agents, queues, totals: totalsOf(hub.floor.agents, hub.floor.queues), ...(verdicts && { verdicts, verdictsGone: [`v${opened - 6}`] }), ...(strip && { strip }) });
    };
    for (let hour = 1; hour <= hours; hour++) {
      await every(100, (3_600_000 / speed) / 100, step);
      heaps.push(await gauge.heap());
    }
    const ratio = heaps.at(-1) / heaps[0];
    console.log(`  heap after each hour: ${heaps.map((mb) => mb.toFixed(1)).join(' ')} MB; last ÷ first ${ratio.toFixed(2)} (at most ${limit})`);
    if (ratio > limit) process.exitCode = 1;
  } finally {
    await page.context().close();
    await hub.stop();
  }
}
