// A day as the service would tell it, for the desk's stories: a timeline, verdicts with evidence, callers to call back, a figure.
const iso = (ms) => new Date(ms).toISOString();

/** The floor with what a desk works on: a request, hands, a duty, verdicts of every kind. */
export function deskFloor(floor, now = Date.now()) {
  const ago = (s) => iso(now - s * 1000);
  const shift = { name: 'A', date: floor.businessDay, startsAt: ago(3 * 3600), endsAt: iso(now + 5 * 3600e3), seat: null, status: 'work', mustered: ago(3 * 3600 + 500) };
  const agents = floor.agents.map((agent, i) => ({
    ...agent, shift: agent.state === 'signedOut' ? { ...shift, mustered: null } : shift, grants: [], messages: [], handAcknowledgedAt: null, handAcknowledgedBy: null,
    ticket: null, lockedUntil: null,
  }));
  const free = agents.filter((agent) => agent.state === 'available');
  const asks = (agent, kind, s, position) => Object.assign(agent, {
    ticket: { kind, status: 'queued', requestedAt: ago(s), startsAt: null, endsAt: null, position, by: null, text: { zh: `小休申请排队中,第 ${position} 位`, en: `Short break asked for, no. ${position} in line` } },
  });
  if (free[0]) asks(free[0], 'short', 184, 1);
  if (free[1]) asks(free[1], 'meal', 61, 2);
  if (free[2]) Object.assign(free[2], { grants: [{ id: 'g1', allow: 'sign-out', reason: '接孩子 school run', by: '周海燕', at: ago(300), until: iso(now + 600e3) }] });
  const subject = free[3] ?? agents[0];
  const verdict = (rule, clause, severity, s, zh, en, more = {}) => ({
    id: `${rule}:${subject?.id}:20261123T0${s}`, rule, clause, severity, subject: { kind: 'agent', id: subject?.id, name: subject?.name }, openedAt: ago(s), closedAt: null, thresholdMs: 300000, measuredMs: 412000,
    text: { zh, en }, evidence: [4711, 4822], gaps: [], status: 'open', concerns: null, disposition: null,
    history: [{ at: ago(s), by: 'rule', step: 'opened', note: { zh, en } }], ...more,
  });
  const verdicts = [
    ...floor.verdicts.map((one) => ({ concerns: null, disposition: null, ...one })),
    verdict('settle-in', 'D3.2', 'warning', 95, '签入后 12 分 40 秒签出,须满 30 分钟(三·一·3.2)', 'Signed out 12 min 40 s after sign-in; 30 min are asked (D3.2)'),
    verdict('sign-in-on-time', 'D2.2, A1', 'warning', 4000, '班次 09:00 开始,09:04:10 签入,迟到(三·一·2.2、三·二·1)', 'Shift began at 09:00, signed in at 09:04:10: late (D2.2, A1)', {
      disposition: { step: 'disputed', by: subject?.id, at: ago(1200), reason: '地铁故障 metro broke down' },
      history: [
        { at: ago(4000), by: 'rule', step: 'opened', note: { zh: 'x', en: 'x' } },
        { at: ago(1200), by: subject?.id, step: 'disputed', note: { zh: '地铁故障', en: 'metro broke down' } },
      ],
    }),
  ];
  return { ...floor, agents, verdicts, duty: { holder: '周海燕', since: ago(5400), name: '周海燕', seenAt: ago(20) }, dutyWatch: { uncoveredSince: null, handingTo: null, lastPatrolAt: ago(3600), nextPatrolBy: iso(now + 3600e3) } };
}

/** Answers GETs below /api from a floor; what is posted is kept in `posted`, and answered by `post` (null: done). */
export function fakeDay(hub, post = () => null, now = Date.now) {
  const posted = [];
  hub.api = (method, url, body) => {
    const path = decodeURIComponent(new URL(url, 'http://x').pathname);
    if (method === 'POST') {
      if (path.endsWith('/heartbeat')) posted.beats = (posted.beats ?? 0) + 1;
      else posted.push([path, body]);
      return post(path, body) ?? { body: {} };
    }
    if (path.endsWith('/timeline')) return { body: timeline(hub.floor, path.split('/')[3], now()) };
    if (path.endsWith('/evidence')) return { body: evidence() };
    if (path === '/api/verdicts') return { body: hub.floor.verdicts };
    if (path.startsWith('/api/verdicts/')) return { body: hub.floor.verdicts.find((one) => one.id === path.slice('/api/verdicts/'.length)) };
    if (path === '/api/dead-letters') return { body: deadLetters(hub.dead ?? []) };
    if (path === '/api/calls/abandoned') return { body: abandoned(hub.floor) };
    if (path.includes('/figures/')) return { body: figure(hub.floor, path) };
    return null;
  };
  return posted;
}

function timeline(floor, id, now) {
  const agent = floor.agents.find((one) => one.id === id);
  const states = [];
  let at = now - 2.6 * 3600e3;
  const day = ['available', 'onCall', 'wrapUp', 'available', 'onCall', 'onBreak', 'available', 'ringing', 'onCall', 'onHold', 'onCall', 'wrapUp', 'unknown'];
  for (let i = 0; at < Date.parse(agent.since) - 60e3; i++) {
    const state = day[i % day.length];
    const until = Math.min(Date.parse(agent.since), at + (120 + ((i * 7919) % 700)) * 1000);
    states.push({ state, since: iso(at), until: iso(until), detail: state === 'onBreak' ? 'short' : null });
    at = until;
  }
  states.push({ state: agent.state, since: agent.since, until: null, detail: agent.break?.kind ?? null });
  return {
    agent: id, name: agent.name, date: floor.businessDay, from: iso(now - 6 * 3600e3), until: iso(now), states,
    breaks: [], calls: states.filter((span) => span.state === 'onCall').map((span, i) => ({ call: `c${i}`, queue: 'support', direction: 'inbound', party: '138****1234', since: span.since, until: span.until, answered: true, entry: i })),
    verdicts: floor.verdicts.filter((one) => one.subject.id === id),
  };
}

const evidence = () => [
  { id: 4711, at: iso(Date.now() - 900e3), source: 'pbx-1', events: ['MemberJoined'], raw: 'Event: QueueMemberAdded\r\nQueue: support\r\nMemberName: Anna\r\nInterface: PJSIP/1004\r\nPaused: 0' },
  { id: 4822, at: iso(Date.now() - 95e3), source: 'pbx-1', events: ['MemberLeft'], raw: 'Event: QueueMemberRemoved\r\nQueue: support\r\nMemberName: Anna\r\nInterface: PJSIP/1004' },
];

const deadLetters = (letters) => ({
  letters, count: letters.length,
  channels: [...new Set(letters.map((letter) => letter.channel))].map((channel) => ({ channel, count: letters.filter((letter) => letter.channel === channel).length })),
});

const abandoned = (floor) => floor.queues.slice(0, 2).flatMap((queue, i) => [0, 1, 2].map((j) => ({
  queue: queue.name, label: queue.label, call: `a${i}${j}`, party: j === 2 && i ? null : `13${i}****${1000 + j}`, joinedAt: iso(Date.now() - 3600e3 - j * 600e3), abandonedAt: iso(Date.now() - 3500e3 - j * 600e3), waitedMs: 61_000 + j * 13_000,
  reachedAt: j === 1 ? iso(Date.now() - 600e3) : null, calledBackBy: i === 1 && j === 0 ? '周海燕' : null, calledBackAt: i === 1 && j === 0 ? iso(Date.now() - 300e3) : null, entry: 90 + j,
})));

function figure(floor, path) {
  const [, , , name, , id] = path.split('/');
  return {
    queue: name, figure: id, unit: 'share', value: 0.8333, meaning: { zh: '20 秒内接起 ÷(已有结果的来电 − 20 秒内放弃)', en: 'Answered within 20 s ÷ (decided calls − abandoned within 20 s)' },
    parts: [{ name: { zh: '20 秒内接起', en: 'answered within 20 s' }, unit: 'count', value: 5 }, { name: { zh: '已有结果', en: 'decided' }, unit: 'count', value: 7 }, { name: { zh: '20 秒内放弃', en: 'abandoned within 20 s' }, unit: 'count', value: 1 }],
    countedSince: iso(Date.now() - 6 * 3600e3), unseenMs: 95_000, listed: 7,
    calls: Array.from({ length: 7 }, (_, i) => ({ call: `c${i}`, party: '138****1234', agent: floor.agents[i]?.id ?? null, at: iso(Date.now() - i * 60e3), outcome: i === 6 ? 'abandoned' : 'answered', waitedMs: 4000 + i * 3100, talkedMs: null, role: i === 6 ? 'excluded' : i === 5 ? 'decided' : 'counts', entry: 100 + i })),
  };
}
