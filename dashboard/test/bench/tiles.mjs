// 1,000 tiles of which 100 change at 10 Hz: the wall beside a page that does the same by hand. Both are sent the very same messages by a hub of
// their own and show the same markup; they take turns, so that a machine that slows down slows both.
import { fakeFloor, seeded } from '../story/fake-floor.mjs';
import { FakeHub } from '../story/fake-hub.mjs';
import { openWall, root } from '../story/browser.mjs';
import { every, median, meter, rest } from './meter.mjs';

const states = ['available', 'ringing', 'onCall', 'onHold', 'wrapUp', 'unreachable'];
const limit = 1.2;
const rounds = Number(process.env.BENCH_ROUNDS ?? 8);
const ticks = 30;

/** A hundred agents, each with the next state. */
const changes = (random, floor) => Array.from({ length: 100 }, () => {
  const agent = floor.agents[Math.floor(random() * floor.agents.length)];
  return { ...agent, state: states[Math.floor(random() * states.length)], since: new Date().toISOString(), break: null, handRaisedAt: null };
});

export async function measure(browser) {
  const now = Date.now();
  const hubs = [0, 1].map(() => new FakeHub(fakeFloor({ agents: 1000, queues: 6, lang: 'en', now }), { root }));
  const [url, peerUrl] = await Promise.all(hubs.map((hub) => hub.start()));
  const wall = await openWall(browser, url, { lang: 'en' });
  await rest(2_000);
  const peer = await byHand(browser, wall, url, hubs[1], peerUrl);
  try {
    const pages = [{ hub: hubs[0], gauge: await meter(wall), random: seeded(3), costs: [] }, { hub: hubs[1], gauge: await meter(peer), random: seeded(3), costs: [] }];
    const turn = ({ hub, random }) => every(100, ticks, () => hub.delta({ agents: changes(random, hub.floor) }));
    for (const page of pages) await turn(page);
    for (let round = 0; round < rounds; round++)
      for (const page of round % 2 ? [...pages].reverse() : pages) page.costs.push(await page.gauge.cost(() => turn(page)));
    const [ours, hand] = pages.map(({ costs }) => Object.fromEntries(['task', 'script', 'style', 'layout'].map((part) => [part, median(costs.map((cost) => cost[part])) / ticks])));
    const show = (label, cost) => console.log(`  ${label.padEnd(10)} ${Object.entries(cost).map(([name, ms]) => `${name} ${ms.toFixed(2)}`).join('  ')}  (ms of processor a tick, median of ${rounds})`);
    show('wall', ours);
    show('by hand', hand);
    const ratios = pages[0].costs.map((cost, i) => cost.task / pages[1].costs[i].task);
    console.log(`  wall ÷ by hand ${(ours.task / hand.task).toFixed(2)} (rounds ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}; at most ${limit})`);
    if (ours.task / hand.task > limit) process.exitCode = 1;
  } finally {
    await wall.context().close();
    await peer.context().close();
    for (const hub of hubs) await hub.stop();
  }
}

/** The peer: the wall's own markup without its program, kept up to date by hand-written code that speaks to the hub itself. */
async function byHand(browser, wall, url, hub, hubUrl) {
  const markup = (await wall.evaluate(() => document.documentElement.outerHTML)).replace(/<script.*?<\/script>/g, '').replaceAll(url, '');
  const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' })).newPage();
  // Served by its own hub, so that its style sheets are as good as the wall's.
  hub.pages.set('/by-hand', `<!doctype html>${markup}`);
  await page.goto(`${hubUrl}/by-hand`);
  await page.evaluate(([known, address]) => {
    const tiles = new Map([...document.querySelectorAll('[data-agent]')].map((tile) => [tile.dataset.agent, { tile, path: tile.querySelector('path'), state: tile.dataset.state }]));
    const shapes = Object.fromEntries(known.map((state) => [state, document.querySelector(`.agent[data-state="${state}"] path`)?.getAttribute('d') ?? 'M6 6l12 12M18 6 6 18']));
    const clock = document.querySelector('[data-far="clock"]').firstChild;
    // What a team's header counts: free, busy, resting, out of sight.
    const group = { available: 'available', ringing: 'onCall', onCall: 'onCall', onHold: 'onCall', wrapUp: 'onCall', onBreak: 'onBreak', unreachable: 'unknown', unknown: 'unknown' };
    const teams = new Map();
    for (const section of document.querySelectorAll('section.dot')) {
      const counts = {};
      const places = {};
      for (const em of section.querySelectorAll('h3 em')) places[/--(\w+)/.exec(em.style.color)[1]] = [...em.childNodes].find((node) => node.nodeType === 3);
      for (const tile of section.querySelectorAll('[data-agent]')) {
        counts[group[tile.dataset.state]] = (counts[group[tile.dataset.state]] ?? 0) + 1;
        teams.set(tile.dataset.agent, { counts, places });
      }
    }
    const ws = new WebSocket(address);
    ws.onopen = () => ws.send('{"protocol":"json","version":1}\x1e');
    ws.onmessage = ({ data }) => {
      for (const part of data.split('\x1e')) {
        if (!part) continue;
        const message = JSON.parse(part);
        if (message.target !== 'Delta') continue;
        const touched = new Set();
        for (const agent of message.arguments[0].agents ?? []) {
          const known = tiles.get(agent.id);
          if (known.state === agent.state) continue;
          const team = teams.get(agent.id);
          team.counts[group[known.state]]--;
          team.counts[group[agent.state]] = (team.counts[group[agent.state]] ?? 0) + 1;
          touched.add(team);
          known.tile.className = `agent dot ${agent.state}`;
          known.tile.dataset.state = agent.state;
          known.path.setAttribute('d', shapes[agent.state]);
          known.path.setAttribute('class', agent.state === 'onCall' ? 'solid' : '');
          known.state = agent.state;
        }
        for (const { counts, places } of touched)
          for (const [name, place] of Object.entries(places)) if (place && place.data !== String(counts[name])) place.data = String(counts[name]);
      }
    };
    setInterval(() => { clock.data = new Date().toTimeString().slice(0, 8); }, 1000);
  }, [states, `${hubUrl.replace('http', 'ws')}/hubs/floor`]);
  await rest(1_000);
  // A peer that lost a style sheet would be cheap for nothing.
  const place = (one) => one.evaluate(() => JSON.stringify([...document.querySelectorAll('[data-agent]')].slice(-1).map((tile) => tile.getBoundingClientRect())));
  if ((await place(page)) !== (await place(wall))) throw new Error('the page by hand does not look like the wall');
  return page;
}
