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
  // Every state is seen once before the peer takes over how the wall draws it.
  for (const hub of hubs) {
    const any = seeded(5);
    hub.delta({ agents: hub.floor.agents.map((agent) => ({ ...agent, state: states[Math.floor(any() * states.length)], break: null, handRaisedAt: null })) });
  }
  await rest(2_000);
  const peer = await byHand(browser, wall, url, hubs[1], peerUrl);
  try {
    const pages = [{ hub: hubs[0], gauge: await meter(wall), random: seeded(3), costs: [] }, { hub: hubs[1], gauge: await meter(peer), random: seeded(3), costs: [] }];
    const turn = ({ hub, random }) => every(100, ticks, () => hub.delta({ agents: changes(random, hub.floor) }));
    for (const page of pages) await turn(page);
    for (let round = 0; round < rounds; round++)
      for (const page of round % 2 ? [...pages].reverse() : pages) page.costs.push(await page.gauge.cost(() => turn(page)));
    // A peer that shows less would be cheap for nothing.
    const seen = await Promise.all([wall, peer].map(picture));
    const other = seen[0].findIndex((team, i) => team !== seen[1][i]);
    if (seen[0].length !== seen[1].length || other >= 0) throw new Error(`the two pages do not show the same floor:\n${seen[0][other]?.slice(0, 300)}\n--- by hand\n${seen[1][other]?.slice(0, 300)}`);
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

/** What can be seen of the tiles and the counts above them. */
const picture = (page) => page.evaluate(() => [...document.querySelectorAll('section.dot')].map((team) =>
  [team.querySelector('h3').innerText.replace(/\s+/g, ' '), ...[...team.querySelectorAll('[data-agent]')].map((tile) => `${tile.dataset.agent} ${getComputedStyle(tile).background} ${tile.querySelector('path').getAttribute('d')}`)].join('\n')));

/** How the wall draws each state: the path of a tile, and the whole icon of a header. */
const shapes = (wall) => wall.evaluate(() => {
  const each = (selector, take) => Object.fromEntries([...document.querySelectorAll(selector)].map(take));
  return [
    each('.agent', (tile) => [tile.dataset.state, tile.querySelector('path').getAttribute('d')]),
    each('section.dot h3 em', (em) => [/--(\w+)/.exec(em.style.color)[1], em.querySelector('svg').outerHTML]),
  ];
});

/** The peer: the wall's own markup without its program, kept up to date by hand-written code that speaks to the hub itself. */
async function byHand(browser, wall, url, hub, hubUrl) {
  const markup = (await wall.evaluate(() => document.documentElement.outerHTML)).replace(/<script.*?<\/script>/g, '').replaceAll(url, '');
  const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' })).newPage();
  // Served by its own hub, so that its style sheets are as good as the wall's.
  hub.pages.set('/by-hand', `<!doctype html>${markup}`);
  await page.goto(`${hubUrl}/by-hand`);
  await page.evaluate(([known, drawn, address]) => {
    const group = { available: 'available', ringing: 'onCall', onCall: 'onCall', onHold: 'onCall', wrapUp: 'onCall', onBreak: 'onBreak', unreachable: 'unknown', unknown: 'unknown' };
    const shown = ['available', 'onCall', 'onBreak', 'unknown'];
    const clock = document.querySelector('[data-far="clock"]').firstChild;
    const tiles = new Map();
    for (const section of document.querySelectorAll('section.dot')) {
      // What a team's header counts: free, busy, resting, out of sight; what is nought is not there.
      const team = { head: section.querySelector('h3'), counts: Object.fromEntries(shown.map((name) => [name, 0])), places: {} };
      for (const em of team.head.querySelectorAll('em')) team.places[/--(\w+)/.exec(em.style.color)[1]] = { em, text: [...em.childNodes].find((node) => node.nodeType === 3) };
      for (const tile of section.querySelectorAll('[data-agent]')) {
        if (group[tile.dataset.state]) team.counts[group[tile.dataset.state]]++;
        tiles.set(tile.dataset.agent, { tile, path: tile.querySelector('path'), state: tile.dataset.state, team });
      }
    }
    const count = (team) => {
      shown.forEach((name, i) => {
        const place = team.places[name];
        const said = String(team.counts[name]);
        if (place && said === '0') {
          place.em.remove();
          delete team.places[name];
        } else if (place) {
          if (place.text.data !== said) place.text.data = said;
        } else if (said !== '0') {
          const em = document.createElement('em');
          em.className = team.head.querySelector('em')?.className ?? '';
          em.style.color = `var(--${name})`;
          em.innerHTML = `${drawn[name]}${said}`;
          const next = shown.slice(i + 1).find((later) => team.places[later]);
          team.head.insertBefore(em, next ? team.places[next].em : null);
          team.places[name] = { em, text: em.lastChild };
        }
      });
    };
    const ws = new WebSocket(address);
    ws.onopen = () => ws.send('{"protocol":"json","version":1}\x1e');
    ws.onmessage = ({ data }) => {
      for (const part of data.split('\x1e')) {
        if (!part) continue;
        const message = JSON.parse(part);
        if (message.target !== 'Delta') continue;
        const touched = new Set();
        for (const agent of message.arguments[0].agents ?? []) {
          const { tile, path, state, team } = tiles.get(agent.id);
          if (state === agent.state) continue;
          if (group[state]) team.counts[group[state]]--;
          team.counts[group[agent.state]]++;
          touched.add(team);
          tile.className = `agent dot${agent.pausedQueues.length > 0 && agent.pausedQueues.length < agent.queues.length ? ' half' : ''}`;
          tile.dataset.state = agent.state;
          path.setAttribute('d', known[agent.state]);
          path.setAttribute('class', agent.state === 'onCall' ? 'solid' : '');
          tiles.get(agent.id).state = agent.state;
        }
        for (const team of touched) count(team);
      }
    };
    setInterval(() => { clock.data = new Date().toTimeString().slice(0, 8); }, 1000);
  }, [...(await shapes(wall)), `${hubUrl.replace('http', 'ws')}/hubs/floor`]);
  // What is drawn on a canvas is no markup, and a canvas that shows something costs a layer.
  const drawings = await wall.evaluate(() => [...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()));
  await page.evaluate((all) => Promise.all([...document.querySelectorAll('canvas')].map(async (canvas, i) => {
    const drawing = Object.assign(new Image(), { src: all[i] });
    await drawing.decode();
    canvas.getContext('2d').drawImage(drawing, 0, 0);
  })), drawings);
  await rest(1_000);
  // A peer that lost a style sheet would be cheap for nothing.
  const place = (one) => one.evaluate(() => JSON.stringify([...document.querySelectorAll('[data-agent]')].slice(-1).map((tile) => tile.getBoundingClientRect())));
  if ((await place(page)) !== (await place(wall))) throw new Error('the page by hand does not look like the wall');
  return page;
}
