// A seeded floor in the words of the wire, for pictures and faults that the real service cannot be asked for at will.

/** A small seeded generator (mulberry32), so that a picture is the same in every run. */
export function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const family = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹'.split('');
const given = ['伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '涛', '明', '超', '秀兰', '霞', '平', '刚', '桂英', '文博', '思远', '雨桐', '子涵', '欣怡'];
const latin = ['Wang', 'Li', 'Zhang', 'Liu', 'Chen', 'Yang', 'Huang', 'Zhao', 'Wu', 'Zhou', 'Novak', 'Okafor', 'Schmidt', 'García', 'Kowalska'];
const first = ['Wei', 'Fang', 'Na', 'Min', 'Jing', 'Li', 'Qiang', 'Anna', 'Tomas', 'Ifeoma', 'Jürgen', 'Lucía', 'Zofia', 'Maximilian'];
const queueNames = {
  zh: [['support', '售后支持'], ['sales', '销售咨询'], ['billing', '账单查询'], ['vip', '贵宾专线'], ['complaints', '投诉受理'], ['tech', '技术支持'], ['cards', '信用卡中心'], ['night', '夜间应急'], ['outreach', '回访'], ['loans', '贷款']],
  en: [['support', 'Customer support'], ['sales', 'Sales'], ['billing', 'Billing enquiries'], ['vip', 'VIP line'], ['complaints', 'Complaints'], ['tech', 'Technical support'], ['cards', 'Credit cards'], ['night', 'Night emergency'], ['outreach', 'Call-backs'], ['loans', 'Loans']],
};
const teamNames = { zh: ['一组', '二组', '三组', '四组', '五组', '六组', '七组', '八组', '九组', '十组', '十一组', '十二组'], en: ['Team A', 'Team B', 'Team C', 'Team D', 'Team E', 'Team F', 'Team G', 'Team H', 'Team I', 'Team J', 'Team K', 'Team L'] };

/** Shares of states by mood. */
const moods = {
  calm: { available: 0.38, ringing: 0.03, onCall: 0.38, onHold: 0.02, wrapUp: 0.06, onBreak: 0.07, unreachable: 0, unknown: 0, signedOut: 0.06 },
  fire: { available: 0, ringing: 0.06, onCall: 0.56, onHold: 0.05, wrapUp: 0.07, onBreak: 0.14, unreachable: 0.04, unknown: 0.05, signedOut: 0.03 },
};

const iso = (ms) => new Date(ms).toISOString();

/** A clause in both languages, as the service prints it (Sentences.ClauseZh). */
const sections = { D: '三·一', A: '三·二', O: '三·六', P: '一·三', Q: '五·二', C: '三·三', G: '一·四' };
export const clauseText = (clause) => ({ zh: clause.split(', ').map((one) => `${sections[one[0]]}·${one.slice(1)}`).join('、'), en: clause });

/** A whole floor: `{ agents, queues, mood: 'calm' | 'fire', lang, seed, now }` → Snapshot. */
export function fakeFloor({ agents = 60, queues = 5, mood = 'calm', lang = 'zh', seed = 7, now = Date.now(), longNames = false, build = '1.0.0+a', wall = null } = {}) {
  const random = seeded(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const ago = (s) => iso(now - Math.round(s * 1000));
  const within = (low, high) => low + random() * (high - low);
  const fire = mood === 'fire';
  const empty = agents === 0;
  const names = queueNames[lang].slice(0, queues);
  const teamCount = Math.max(1, Math.min(12, Math.round(agents / (agents > 300 ? 50 : agents > 100 ? 25 : 12))));
  const teams = empty ? [] : teamNames[lang].slice(0, teamCount).map((label, i) => ({ id: `t${i + 1}`, label, lead: null, supervisor: null }));

  const list = [];
  for (let i = 0; i < agents; i++) {
    let roll = random();
    let state = 'available';
    for (const [name, share] of Object.entries(moods[mood])) {
      if (roll < share) { state = name; break; }
      roll -= share;
    }
    const in_ = [names[i % names.length]?.[0], names[(i * 7 + 1) % names.length]?.[0]].filter((q, j, all) => q && all.indexOf(q) === j);
    const name = longNames && i % 5 === 0 ? (lang === 'zh' ? '阿卜杜拉·买买提·阿不都热西提' : 'Maximiliane-Charlotte von Hohenberg-Lindqvist') : lang === 'zh' ? pick(family) + pick(given) : `${pick(first)} ${pick(latin)}`;
    const talk = within(3, 640);
    const kind = pick(['short', 'short', 'meal', 'training', 'personal']);
    const limit = { short: 300, meal: 1800, training: null, personal: 900 }[kind];
    const rested = state === 'onBreak' ? (fire && random() < 0.5 && limit ? limit + within(5, 320) : within(10, (limit ?? 1200) - 5)) : 0;
    list.push({
      id: String(1001 + i), name, team: `t${Math.floor((i * teamCount) / agents) + 1}`, state,
      since: ago(state === 'onBreak' ? rested : talk), signedInAt: state === 'signedOut' ? null : ago(within(3600, 9000)), seat: String(1001 + i), queues: state === 'signedOut' ? [] : in_,
      pausedQueues: state === 'onBreak' ? in_ : i % 17 === 3 && state !== 'signedOut' && in_.length > 1 ? [in_[0]] : [],
      break: state === 'onBreak' ? { kind, reason: kind, since: ago(rested), endsAt: limit ? iso(now - rested * 1000 + limit * 1000) : null } : null,
      call: ['onCall', 'onHold', 'ringing'].includes(state) ? { id: `c${i}`, queue: random() < 0.85 ? in_[0] : null, direction: random() < 0.85 ? 'inbound' : pick(['outbound', 'internal']), since: ago(talk), answered: state !== 'ringing', heldSince: state === 'onHold' ? ago(talk / 3) : null, party: '138****1234' } : null,
      wrapUpEndsAt: null, handRaisedAt: (fire ? i % 19 === 5 : i === 11) && state !== 'signedOut' ? ago(within(5, 150)) : null, hour: { entitledMs: 300000, takenMs: 0, since: ago(1500), until: iso(now + 2100e3), declined: false }, ticket: fire && i % 23 === 4 && state !== 'onBreak' ? { kind: 'short', status: 'queued', requestedAt: ago(240), startsAt: null, endsAt: null, position: 1, by: '1001', text: { zh: '排队中', en: 'queued' } } : null, handAcknowledgedAt: fire && i % 38 === 5 ? ago(3) : null, handAcknowledgedBy: fire && i % 38 === 5 ? (lang === 'zh' ? '李敏' : 'Li Min') : null, lockedUntil: null, grants: [], shift: null, messages: [], phones: [],
      cph: i % 4 === 0 ? { value: Math.round((12 + random() * 6) * 10) / 10, bar: [11, 13, 15, 17][(i / 4) % 4], grade: ['trainee', 'C', 'B', 'A'][(i / 4) % 4] } : null,
    });
  }

  const queueList = names.map(([name, label], i) => {
    const waiting = empty ? 0 : fire ? [17, 9, 12, 3, 6, 1, 0, 2, 4, 1][i] : [2, 0, 1, 0, 0, 0, 0, 0, 0, 0][i];
    const offered = empty ? 0 : 40 + Math.floor(random() * 400);
    const abandoned = Math.floor(offered * (fire ? 0.12 : 0.02));
    const members = list.filter((a) => a.queues.includes(name));
    const count = (state) => members.filter((a) => a.state === state).length;
    return {
      name, label: longNames && i === 0 ? (lang === 'zh' ? '企业客户综合业务受理及投诉处理专线(华东大区)' : 'Corporate customers: all services and complaints (East China)') : label,
      waiting, oldestWaitSince: waiting ? ago(fire ? [312, 148, 96, 41, 77, 12, 0, 15, 33, 8][i] : [14, 0, 6][i]) : null,
      signedIn: members.length, available: count('available'), onCall: count('onCall'), onBreak: count('onBreak'),
      offered, answered: offered - abandoned, abandoned, left: 0,
      serviceLevel: { value: offered ? (fire ? 0.41 + (i % 6) * 0.06 : 0.86 + (i % 6) * 0.02) : null, withinMs: i === 3 ? 10000 : 20000, formula: 'offered' },
      asaMs: 8200, ahtMs: 214000, abandonRate: offered ? abandoned / offered : null, connectRate: offered ? 1 - abandoned / offered : null,
      countedSince: ago(fire ? 3600 : 6 * 3600), unseenMs: 0, missed: fire && i === 1 ? 4 : 0,
      recent: { minutes: 30, offered: Math.ceil(offered / 8), answered: Math.ceil(offered / 8) - Math.ceil(abandoned / 8), abandoned: Math.ceil(abandoned / 8), serviceLevel: offered ? (fire ? 0.37 + (i % 6) * 0.06 : 0.88 + (i % 6) * 0.02) : null },
    };
  });

  const verdicts = fire ? fireVerdicts(list, queueList, now) : [];
  const floor = {
    version: 1, at: iso(now), site: lang === 'zh' ? '华东运营中心' : 'East China operations', timeZone: 'Asia/Shanghai', businessDay: iso(now + 8 * 3600e3).slice(0, 10),
    businessDayStartedAt: ago(6 * 3600), build, store: { state: 'ok', since: ago(9000), backlog: 0, note: null },
    feeds: [{ name: 'pbx-1', kind: 'ami', state: 'synced', since: ago(7200), reason: null }, ...(fire ? [{ name: 'pbx-2', kind: 'ami', state: 'lost', since: ago(47), reason: 'reset' }] : agents > 100 ? [{ name: 'pbx-2', kind: 'ami', state: 'synced', since: ago(7200), reason: null }] : [])],
    teams, breakKinds: [{ kind: 'short', limitMs: 300000 }, { kind: 'meal', limitMs: 1800000 }, { kind: 'training', limitMs: null }, { kind: 'personal', limitMs: 900000 }],
    agents: list, queues: empty ? [] : queueList, totals: totalsOf(list, empty ? [] : queueList),
    duty: empty || fire ? null : { holder: lang === 'zh' ? '李敏' : 'Li Min', since: ago(6600) }, verdicts, notes: [],
    dutyWatch: { uncoveredSince: fire && !empty ? ago(340) : null, handingTo: null, lastPatrolAt: ago(2400), nextPatrolBy: empty ? null : iso(now + (fire ? -300e3 : 1200e3)) },
    strip: stripOf(empty ? 0 : Math.max(2, agents / 12), fire, now),
  };
  return wall ? seenBy(floor, wall) : floor;
}

/** What a wall is sent: its setting, and where it names nobody, nobody's name (the service's WallLens does the same). */
function seenBy(floor, given) {
  const wall = { name: 'hall', title: null, language: null, names: true, teams: [], queues: [], pages: [], flashAfterMs: 120_000, sounds: null, night: null, ...given };
  if (wall.names) return { ...floor, wall };
  const id = (of) => `n${[...of].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7).toString(16)}`;
  const agents = floor.agents.map((agent) => ({ ...agent, id: id(agent.id), name: '', seat: null, hour: null, handAcknowledgedBy: null, ticket: null }));
  const verdicts = floor.verdicts.map((verdict) => (verdict.subject.kind === 'agent'
    ? { ...verdict, id: `${verdict.rule}:${id(verdict.id)}`, subject: { kind: 'agent', id: id(verdict.subject.id), name: '' }, text: { zh: '', en: '' }, evidence: [], history: [] } : verdict));
  return { ...floor, wall, agents, verdicts, duty: floor.duty && { ...floor.duty, holder: '', name: '' } };
}

/** Half an hour of traffic, minute by minute; on fire a link was away for three of them. */
function stripOf(perMinute, fire, now) {
  const random = seeded(11);
  const last = Math.floor(now / 60_000);
  return {
    bucketMs: 60_000,
    buckets: Array.from({ length: 30 }, (_, i) => {
      const at = iso((last - 29 + i) * 60_000);
      if (fire && i >= 12 && i < 15) return { at, offered: null, answered: null, abandoned: null, within: null };
      const offered = Math.round(perMinute * (0.6 + random() * 0.8) * (fire && i > 20 ? 1.8 : 1));
      const abandoned = Math.round(offered * (fire ? 0.18 : 0.03) * random() * 2);
      return { at, offered, answered: offered - abandoned, abandoned, within: Math.round((offered - abandoned) * (fire ? 0.5 : 0.9)) };
    }),
  };
}

export function totalsOf(agents, queues) {
  const count = (state) => agents.filter((a) => a.state === state).length;
  return {
    waiting: queues.reduce((sum, q) => sum + q.waiting, 0),
    oldestWaitSince: queues.map((q) => q.oldestWaitSince).filter(Boolean).sort()[0] ?? null,
    onBreak: count('onBreak'), internalCalls: agents.filter((a) => a.call?.direction === 'internal').length, signedIn: agents.length - count('signedOut'),
    available: count('available'), onCall: count('onCall') + count('onHold'), ringing: count('ringing'), wrapUp: count('wrapUp'), unreachable: count('unreachable'), unknown: count('unknown'),
  };
}

function fireVerdicts(agents, queues, now) {
  const verdict = (rule, clause, severity, subject, secondsAgo, text) => ({
    id: `${rule}:${subject.id}:${secondsAgo}`, rule, clause, clauseText: clauseText(clause), severity, subject, openedAt: iso(now - secondsAgo * 1000), closedAt: null,
    thresholdMs: 300000, measuredMs: 300000, text, evidence: [4711, 4822], gaps: [], status: 'open', history: [], concerns: null, disposition: null,
  });
  const over = agents.filter((a) => a.break?.endsAt && Date.parse(a.break.endsAt) < now).slice(0, 4);
  return [
    ...over.map((a) => verdict('break-limit', 'D2.4', 'warning', { kind: 'agent', id: a.id, name: a.name }, Math.round((now - Date.parse(a.break.endsAt)) / 1000),
      { zh: '小休自 10:37:05 起,限 5 分钟,10:42:05 到时仍未返回(三·一·2.4)', en: 'Short break since 10:37:05, limit 5 minutes, not back at 10:42:05 (D2.4)' })),
    verdict('settle-in', 'D3.2', 'warning', { kind: 'agent', id: agents[6]?.id ?? '1', name: agents[6]?.name ?? '1' }, 95,
      { zh: '签入后 12 分 40 秒签出,须满 30 分钟(三·一·3.2)', en: 'Signed out 12 min 40 s after sign-in; 30 minutes are required (D3.2)' }),
    verdict('duty-supervisor', 'D3.8', 'critical', { kind: 'floor', id: 'floor', name: null }, 340,
      { zh: '自 10:36 起无人值班,最多允许 1 分钟(三·一·3.8)', en: 'Nobody has held the duty since 10:36; at most 1 minute is allowed (D3.8)' }),
    verdict('longest-wait', 'P4.8', 'critical', { kind: 'queue', id: queues[0]?.name ?? 'q', name: queues[0]?.label }, 252,
      { zh: '最久的来电已等待 5 分 12 秒,上限 60 秒(一·三·4.8)', en: 'The oldest caller has waited 5 min 12 s; the limit is 60 s (P4.8)' }),
  ];
}
