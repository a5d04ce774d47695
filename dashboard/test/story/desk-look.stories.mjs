// What the desk shows and explains: figures and the calls behind them, a day's strip, phones, clauses, faults; both languages.
import { join } from 'node:path';
import { fits, pictures, sideways, told } from './desk-page.mjs';
import { check, none, story, until } from './harness.mjs';
import { faint } from './inspect.mjs';
import { axe } from './parts.stories.mjs';

told('what the gate refuses is said with its sentence and instant', async ({ page, desk }) => {
  desk.refuse = () => ({ status: 409, body: { type: 'urn:floormonitor:refused', title: 'The gate refuses', status: 409, detail: 'x', rule: 'concurrent-breaks', clause: 'P4.6', allowedAt: '2026-11-23T02:30:00.000Z', text: { zh: '本班已有 1 人休息', en: 'One of the team is on a break already' } } });
  await page.keyboard.press('t');
  await page.locator('aside [role="option"]', { hasText: 'Asks for Short' }).click();
  await page.keyboard.press('g');
  await page.locator('.toasts .refused', { hasText: 'One of the team is on a break already (allowed from 10:30:00)' }).waitFor();
});

told('what is refused from a dialog is said in it, above everything, and the dialog stays', async ({ page, desk, hub }) => {
  desk.refuse = () => ({ status: 409, body: { type: 'urn:floormonitor:refused', title: 'The gate refuses', status: 409, detail: 'x', text: { zh: '\u672c\u73ed\u5df2\u6709 1 \u4eba\u4f11\u606f', en: 'One of the team is on a break already' } } });
  const free = hub.floor.agents.find((agent) => agent.state === 'available' && agent.team === 't1');
  await page.locator(`#work [data-key="${free.id}"]`).click();
  await page.keyboard.press('b');
  const dialog = page.locator('dialog[open]');
  await dialog.getByRole('button', { name: 'Do it' }).click();
  const said = dialog.locator('.toasts .refused', { hasText: 'One of the team is on a break already' });
  await said.waitFor();
  check(await said.evaluate((line) => { const box = line.getBoundingClientRect(); return line.contains(document.elementFromPoint(box.left + box.width / 3, box.top + box.height / 2)); }), 'something lies above it');
  await page.screenshot({ path: join(pictures, 'desk-refused-en.png') });
  none([...(await page.evaluate(faint)), ...(await axe(page))]);
  await said.getByRole('button').click();
  await said.waitFor({ state: 'detached' });
  check((await page.locator('.toasts p').count()) === 0, 'it was taken away in the dialog alone');
  check(await dialog.getByLabel('Kind of break').isVisible(), 'the question closed');
});

for (const lang of ['zh', 'en'])
  told(`what each source says of a phone stands with the agent, ${lang}`, async ({ page, hub }) => {
    const zh = lang === 'zh';
    const agent = hub.floor.agents.find((one) => one.state === 'available' && one.team === 't1');
    const phone = { state: 'idle', word: 'presence', since: new Date(Date.now() - 600e3).toISOString(), direction: null, party: null, lost: null, disagreesSince: null };
    hub.delta({ agents: [{ ...agent, phones: [
      { ...phone, feed: 'phones', state: 'inUse', word: 'dialog', party: '138****1234', disagreesSince: '2026-11-23T02:12:00.000Z' },
      { ...phone, feed: 'annex', state: 'unknown', word: '', lost: { zh: '话机 1001 拒绝监看:403 Forbidden', en: 'The phone 1001 may not be watched: 403 Forbidden' } },
    ] }] });
    await page.locator(`#work [data-key="${agent.id}"]`).click();
    const said = page.locator(`.detail ul[aria-label="${zh ? '话机' : 'Phone'}"]`);
    await said.getByText(zh ? '使用中 · dialog · 138****1234' : 'in use · dialog · 138****1234').waitFor();
    await said.getByText(zh ? '自 10:12:00 起与交换机所述不一致' : 'says otherwise than the switch since 10:12:00').waitFor();
    await said.getByText(zh ? '话机 1001 拒绝监看:403 Forbidden' : 'The phone 1001 may not be watched: 403 Forbidden').waitFor();
    await page.screenshot({ path: join(pictures, `desk-phones-${lang}.png`) });
    none([...(await fits(page)), ...(await page.evaluate(faint)), ...(await axe(page))]);
  }, { lang });

story('a wall prints the clause of an alarm as the handbook of its language does', async (open) => {
  for (const [lang, clause, other] of [['zh', '一·三·4.8', 'P4.8'], ['en', 'P4.8', '一·三']]) {
    const { page } = await open({ agents: 60, mood: 'fire', lang });
    const facts = (await page.locator('article small').allInnerTexts()).join();
    check(facts.includes(clause) && !facts.includes(other), facts);
  }
});

for (const lang of ['zh', 'en'])
  told(`a clause is printed as the handbook of the language prints it, ${lang}`, async ({ page, hub }) => {
    const shown = hub.floor.verdicts.find((one) => one.rule === 'settle-in');
    await page.keyboard.press('t');
    await page.locator(`aside [data-key="verdict:${shown.id}"]`).click();
    await page.locator('.detail header').getByText(lang === 'zh' ? '手册 三·一·3.2' : 'Handbook D3.2').waitFor();
    if (lang === 'zh') check(!(await page.locator('.detail header').innerText()).includes('D3.2'), 'the code stands in the Chinese');
  }, { lang });

told('every figure says how it is computed and from which calls', async ({ page }) => {
  await page.keyboard.press('4');
  await page.locator('#work tbody td button').nth(5).click();
  await page.locator('dialog[open] td', { hasText: 'left out' }).waitFor();
  await page.locator('dialog[open]').getByText('Answered within 20 s ÷').waitFor();
  await page.locator('dialog[open]').getByText('counted since').waitFor();
  await page.screenshot({ path: join(pictures, 'desk-figure-en.png') });
  none(await axe(page));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /On break/ }).click();
  await page.locator('dialog[open]').getByText('Agents who are paused in every queue.').waitFor();
});

told('behind the callers who wait stand the callers, by queue and over all', async ({ page, hub }) => {
  const busy = hub.floor.queues.filter((one) => one.waiting > 0);
  await page.getByRole('button', { name: /^\d+\s*Waiting$/ }).click();
  const dialog = page.locator('dialog[open]');
  await until('every caller', async () => (await dialog.locator('li').count()) === busy.reduce((sum, one) => sum + one.waiting, 0));
  await dialog.getByText('130****2000').first().waitFor();
  none(await axe(page));
  await page.keyboard.press('Escape');
  await page.keyboard.press('4');
  for (const figure of ['Waiting', 'Longest wait']) {
    await page.getByRole('button', { name: new RegExp(`^${busy[0].label}: ${figure} `) }).click();
    await until(figure, async () => (await dialog.locator('tbody tr').count()) === busy[0].waiting);
    await dialog.getByText('waits').first().waitFor();
    check((await dialog.getByText('counted since').count()) === 0, `${figure} is of this moment, not counted since then`);
    await page.keyboard.press('Escape');
  }
});

told('the internal calls list whom the figure counts: who talks to another seat, not at whom it rings', async ({ page, hub }) => {
  const [talks, rings] = hub.floor.agents;
  const call = { id: 'i1', queue: null, direction: 'internal', since: new Date().toISOString(), heldSince: null, party: '1002' };
  hub.delta({
    agents: hub.floor.agents.map((one) => (one === talks ? { ...one, state: 'onCall', call: { ...call, answered: true } } : one === rings ? { ...one, state: 'ringing', call: { ...call, answered: false } } : { ...one, call: null })),
    totals: { ...hub.floor.totals, internalCalls: 1 },
  });
  await page.getByRole('button', { name: /^1\s*Internal$/ }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.getByText('a call of two agents counts both').waitFor();
  check((await dialog.locator('li').allInnerTexts()).join().includes(talks.name) && (await dialog.locator('li').count()) === 1, 'the list is not what the figure counts');
});

told('the hour\'s break says from which breaks it comes', async ({ page, hub }) => {
  const agent = hub.floor.agents.find((one) => one.state === 'available' && one.team === 't1');
  const [begun, ended] = [new Date(Date.now() - 20 * 60e3), new Date(Date.now() - 17.5 * 60e3)];
  const api = hub.api;
  hub.api = (method, url, body) => {
    const answer = api(method, url, body);
    // Of the hour before, and of another kind: neither is in the figure.
    const others = [{ kind: 'short', since: new Date(Date.now() - 26 * 60e3).toISOString(), until: new Date(Date.now() - 25.5 * 60e3).toISOString(), entry: 8 }, { kind: 'meal', since: begun.toISOString(), until: ended.toISOString(), entry: 9 }];
    if (url.endsWith('/timeline')) answer.body.breaks = [...others, { kind: 'short', since: begun.toISOString(), until: ended.toISOString(), entry: 7 }];
    return answer;
  };
  hub.delta({ agents: [{ ...agent, hour: { entitledMs: 300_000, takenMs: 150_000, since: new Date(Date.now() - 25e3 * 60).toISOString(), until: new Date(Date.now() + 35e3 * 60).toISOString(), declined: false } }] });
  await page.locator(`#work [data-key="${agent.id}"]`).click();
  await page.getByRole('button', { name: /Short break this hour 2:30 \/ 5:00/ }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('li', { hasText: '2:30' }).waitFor();
  check((await dialog.locator('li').count()) === 1, 'other breaks stand in the list');
  await page.screenshot({ path: join(pictures, 'desk-hour-en.png') });
  none(await axe(page));
});

told('an agent\'s day is read anew when something of it changed, not at every change, and no older answer overtakes', async ({ page, hub }) => {
  const agent = hub.floor.agents.find((one) => one.state === 'available' && one.team === 't1');
  const ago = (minutes) => new Date(Date.now() - minutes * 60e3).toISOString();
  const [api, asked] = [hub.api, []];
  let late = 0;
  let breaks = [];
  hub.api = async (method, url, body) => {
    const answer = api(method, url, body);
    if (!url.endsWith('/timeline')) return answer;
    asked.push(url);
    answer.body.breaks = breaks;
    await new Promise((done) => setTimeout(done, late));
    return answer;
  };
  const news = (more = {}) => hub.delta({ agents: [{ ...hub.floor.agents.find((one) => one.id === agent.id), ...more }] });
  const many = async () => { for (let i = 0; i < 10; i++) { news({ cph: { value: i, bar: 11, grade: 'C' } }); await page.waitForTimeout(60); } };
  news({ hour: { entitledMs: 300_000, takenMs: 0, since: ago(25), until: ago(-35), declined: false } });
  await page.locator(`#work [data-key="${agent.id}"]`).click();
  await page.locator('.strip').waitFor();
  await many();
  // One for the strip, and another where the minute turned meanwhile.
  check(asked.length <= 2, `the strip asked ${asked.length} times`);

  // The dialog over it: what stands in it is not taken away by news that changes nothing of it.
  await page.getByRole('button', { name: /Short break this hour/ }).click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('li').waitFor();
  await page.evaluate(() => { window.emptied = 0; new MutationObserver(() => { if (!document.querySelector('dialog[open] li')) window.emptied++; }).observe(document.querySelector('dialog[open]'), { childList: true, subtree: true }); });
  const before = asked.length;
  late = 100;
  await many();
  check(asked.length <= before + 1, `the dialog asked ${asked.length - before} times more`);
  check((await page.evaluate(() => window.emptied)) === 0, 'the list was emptied');

  // A break begins, and ends before its slow answer came: the quick answer after it stands.
  const of = (since, until) => ({ kind: 'short', since, until, entry: 7 });
  [late, breaks] = [1_000, [of(ago(2), null)]];
  const seen = asked.length;
  news({ break: { kind: 'short', reason: 'short', since: ago(2), endsAt: null } });
  await until('the break is asked for', () => asked.length > seen);
  [late, breaks] = [0, [of(ago(2), ago(0))]];
  news({ break: null });
  await dialog.locator('li', { hasText: '2:00' }).waitFor();
  await page.waitForTimeout(1_200);
  check(!(await dialog.locator('li').innerText()).includes('now'), 'an older answer overtook a newer one');
});

for (const lang of ['zh', 'en'])
  told(`the day's strip names its lanes, and its list holds the calls and breaks too, ${lang}`, async ({ page, hub }) => {
    const zh = lang === 'zh';
    const agent = hub.floor.agents.find((one) => one.state === 'available' && one.team === 't1');
    await page.locator(`#work [data-key="${agent.id}"]`).click();
    await page.locator('.strip').waitFor();
    check((await page.locator('.strip > small').allInnerTexts()).join() === (zh ? '班次,状态,通话,判定' : 'Shift,State,Calls,Verdicts'), 'the lanes have no names');
    await page.locator('.detail summary').first().click();
    const calls = page.getByRole('list', { name: zh ? '通话' : 'Calls' });
    await calls.getByText(zh ? '呼入 · 138****1234' : 'inbound · 138****1234').first().waitFor();
    check((await page.getByRole('list', { name: zh ? '休息' : 'Breaks' }).getByRole('listitem').count()) > 0, 'no breaks in the list');
    await page.screenshot({ path: join(pictures, `desk-strip-${lang}.png`) });
    none([...(await fits(page)), ...(await page.evaluate(faint)), ...(await axe(page))]);
  }, { lang });

for (const lang of ['zh', 'en'])
  told(`a floor without a duty supervisor says since when in the header, whole, ${lang}`, async ({ page, hub }) => {
    hub.delta({ duty: null, dutyWatch: { ...hub.floor.dutyWatch, uncoveredSince: '2026-11-23T02:36:00.000Z' } });
    const words = page.locator('header .duty b');
    await page.locator('header .duty.bare').waitFor();
    check((await words.innerText()).includes('10:36'), await words.innerText());
    none(await words.evaluate((b) => (b.scrollWidth > b.clientWidth ? [`cut off: ${b.textContent}`] : [])));
    check(await sideways(page), 'the header scrolls sideways');
    await page.screenshot({ path: join(pictures, `desk-bare-${lang}.png`) });
    none([...(await fits(page)), ...(await page.evaluate(faint))]);
  }, { lang, size: { width: 1280, height: 800 } });

told('the way to be notified stands on the line of the others, and an empty inbox says what comes to it', async ({ page, hub }) => {
  hub.delta({ agents: hub.floor.agents.map((one) => ({ ...one, handRaisedAt: null, ticket: null, break: null })), verdicts: hub.floor.verdicts.map((one) => ({ ...one, severity: 'info', disposition: null })) });
  await page.getByText('notes are under Verdicts').waitFor();
  const middle = (selector) => page.locator(selector).evaluate((element) => { const range = document.createRange(); range.selectNodeContents(element); const box = range.getBoundingClientRect(); return (box.top + box.bottom) / 2; });
  const [notify, clock] = [await middle('header .notify'), await middle('header .link p')];
  check(Math.abs(notify - clock) <= 3, `"Notify me" is ${notify - clock} px off the clock's line`);
}, { permission: 'default' });

told('what goes wrong is said in Chinese on a Chinese page, whether the service says it or nobody answers', async ({ page, desk, hub }) => {
  desk.refuse = () => ({ status: 502, body: { type: 'urn:floormonitor:switch-refused', title: 'The switch refused', status: 502, detail: 'phones: The phone 1001 is not registered.', text: { zh: 'phones:话机 1001 未注册', en: 'phones: The phone 1001 is not registered.' } } });
  await page.keyboard.press('t');
  await page.locator('aside [role="option"]', { hasText: '申请小休' }).click();
  await page.keyboard.press('g');
  await page.locator('.toasts .failed', { hasText: '话机 1001 未注册' }).waitFor();
  hub.cutting = true;
  await page.keyboard.press('g');
  await page.locator('.toasts .failed', { hasText: '监控服务没有答复' }).waitFor();
  await page.keyboard.press('3');
  await page.getByRole('alert').getByText('监控服务没有答复').waitFor();
  check((await page.getByText(/fetch|Failed/i).count()) === 0, 'the browser\'s own words stand on the page');
}, { lang: 'zh' });

story('a wall says by name to whom the duty is handed', async (open) => {
  const { hub, page } = await open({ agents: 60, lang: 'zh' });
  hub.delta({ dutyWatch: { ...hub.floor.dutyWatch, handingTo: '1001', handingToName: '李伟' } });
  await page.locator('.duty').getByText('交接给 李伟').waitFor();
});

told('what the monitor itself has to say stands above everything, and an alert for this person is a notification', async ({ page, hub }) => {
  hub.delta({ notes: [{ key: 'config', text: { zh: 'rules.yaml 第 3 行有误,沿用旧规则', en: 'rules.yaml line 3 is wrong; the old rules stay' }, since: new Date().toISOString() }], feeds: [{ name: 'pbx-1', kind: 'ami', state: 'lost', since: new Date().toISOString(), reason: 'reset' }] });
  await page.getByText('rules.yaml line 3 is wrong; the old rules stay').waitFor();
  await page.getByText('Switch lost pbx-1').waitFor();
  none([...(await page.evaluate(faint)), ...(await axe(page))]);
  await page.screenshot({ path: join(pictures, 'desk-notes-en.png') });
  const news = { id: 'a1', news: 'opened', at: new Date().toISOString(), rule: 'system-fault', severity: 'critical', title: { zh: '系统故障', en: 'System fault' }, text: { zh: 'x', en: 'x' }, sound: 'alarm', screens: ['desk'], pages: [], browsers: ['周海燕'], open: 1, count: 1, step: 0, acknowledgedBy: null, acknowledgedAt: null };
  hub.send('Alert', { verdict: hub.floor.verdicts[0], alert: news });
  hub.send('Alert', { verdict: hub.floor.verdicts[0], alert: { ...news, id: 'a2', browsers: ['somebody else'], title: { zh: 'x', en: 'Not for us' } } });
  await until('the notification', () => page.evaluate(() => window.told?.length === 1 && window.told[0] === 'System fault'));
});
