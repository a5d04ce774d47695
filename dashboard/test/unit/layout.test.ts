import { describe, expect, it } from 'vitest';
import { called, ems, farSize, fit, leading, lines, nameFor, shorten } from '../../src/fit';
import { en } from '../../src/i18n/en';
import { zh } from '../../src/i18n/zh';
import { alarmWidth } from '../../src/views/wall/alarm';
import { gridLayout, teamGap, teamGutter, type GridLayout } from '../../src/views/wall/layout';

const space = { width: 75, height: 55.6 };
const teams = (count: number, size: number) => Array.from({ length: count }, () => size);

/** How high the fullest column of teams is, and how wide a team. */
function extent(layout: GridLayout, counts: number[]) {
  const heights = layout.placement.map((column) => column.reduce((sum, team) => {
    const rows = Math.ceil(counts[team]! / layout.columns);
    return sum + layout.header + rows * layout.height + Math.max(0, rows - 1) * layout.gap;
  }, Math.max(0, column.length - 1) * teamGap));
  return { height: Math.max(...heights), width: layout.columns * layout.width + (layout.columns - 1) * layout.gap };
}

describe('the grid of agents', () => {
  it.each([
    ['20 agents are cards', teams(2, 10), ['card']],
    ['60 agents are tiles with names', teams(5, 12), ['tile']],
    ['200 agents are squares', teams(8, 25), ['square']],
    ['600 agents are dots', teams(12, 50), ['dot']],
    ['one team of 200 is squares', [200], ['square']],
    ['1,000 agents are dots', teams(12, 84), ['dot']],
  ])('%s', (_, counts, tiers) => expect(tiers).toContain(gridLayout(counts, space).tier));

  it('never leaves its space, holds every team once and in order, for floors of every size', () => {
    for (let count = 1; count <= 12; count++) {
      for (const size of [1, 2, 5, 9, 13, 20, 33, 50, 70]) {
        const counts = Array.from({ length: count }, (_, i) => Math.max(1, size - (i % 3)));
        const layout = gridLayout(counts, space);
        expect(layout.placement.flat()).toEqual(counts.map((_, i) => i));
        const { width, height } = extent(layout, counts);
        expect(height, `${count} teams of ${size}`).toBeLessThanOrEqual(space.height + 0.01);
        expect(width).toBeLessThanOrEqual((space.width - teamGutter * (layout.teamColumns - 1)) / layout.teamColumns + 0.01);
      }
    }
  });

  it('draws a smaller floor no smaller than a larger one', () => {
    let last = Infinity;
    for (const size of [5, 10, 20, 40, 80]) {
      const layout = gridLayout(teams(5, size), space);
      const area = layout.width * layout.height;
      expect(area).toBeLessThanOrEqual(last + 0.01);
      last = area;
    }
  });

  it('stands an empty floor and a space of nothing', () => {
    expect(gridLayout([], space).placement.flat()).toEqual([]);
    expect(gridLayout([5], { width: 0, height: 0 }).tier).toBe('dot');
  });
});

describe('fitting text', () => {
  it('counts a full-width character as one em and a Latin one as about half', () => {
    expect(ems('售后支持')).toBe(4);
    expect(ems('Sales')).toBeGreaterThan(2.3);
    expect(ems('Sales')).toBeLessThan(3.3);
  });

  it('breaks between Chinese characters and at spaces, never within a word', () => {
    expect(lines('售后支持', 4)).toBe(1);
    expect(lines('售后支持', 3)).toBe(2);
    expect(lines('Customer support', 6)).toBe(2);
    expect(lines('Customer', 3)).toBe(Infinity);
  });

  it('gives the largest size that fits the box, within its bounds', () => {
    expect(fit('王', 20, 10, 3, 1)).toBe(3);
    const size = fit('Corporate customers: all services', 15, 6, 3, 1.2);
    expect(lines('Corporate customers: all services', 15 / size) * size * leading).toBeLessThanOrEqual(6);
    expect(fit('x'.repeat(500), 5, 2, 3, 1.2)).toBe(1.2);
  });

  it('shortens a name by its parts, and only when it must', () => {
    expect(nameFor('王小明', 6, 2.2, 1.15)).toBe('王小明');
    expect(nameFor('Anna Novak', 9, 2.2, 1.15)).toBe('Anna Novak');
    expect(nameFor('Maximiliane von Hohenberg Lindqvist', 8, 2.6, 1.15)).toBe('Maximiliane Lindqvist');
    expect(nameFor('Maximiliane von Hohenberglindqvist', 10, 1.3, 1.15)).toBe('Maximiliane H.');
    expect(nameFor('Maximiliane-Charlotte von Hohenberg', 9, 2, 1.5)).toBe('Maximili…');
    expect(nameFor('阿卜杜拉·买买提·阿不都热西提', 8, 2, 1.5)).toBe('阿卜杜拉');
  });

  it('takes no middle part out of a team that stands for a person nobody may name', () => {
    expect(called(true, 'Maximiliane Charlotte Hohenberg', 21, 2, 1.5)).toBe('Maximiliane Hohenberg');
    expect(called(false, 'Support North A', 9, 2, 1.5)).not.toBe(called(false, 'Trainee South A', 9, 2, 1.5));
    expect(called(false, 'Support North Apprentices', 21, 2, 1.5)).toContain('North');
  });

  it('shortens a label by its brackets, then by its end, at a word where one has only begun', () => {
    expect(shorten('Complaints (East China)', 30, 2, 1.5)).toBe('Complaints (East China)');
    expect(shorten('Complaints (East China)', 14, 2, 1.5)).toBe('Complaints');
    expect(shorten('Customer support', 43, 6.7, farSize)).toBe('Customer…');
    expect(shorten('企业客户综合业务受理专线(华东)', 43, 6.7, farSize)).toBe('企业客户综合…');
    expect(shorten('王', 1, 1, farSize)).toBe('王');
    // Brackets of full width, as a Chinese keyboard types them; by their numbers, since they look like the others.
    expect(shorten('客服专线\uff08华东\uff09', 8, 2, 1.5)).toBe('客服专线');
  });

  it('leaves room on the wall, in the size for eight metres, for the name of every rule in both languages', () => {
    const names = [zh, en].flatMap((words) => Object.entries(words).filter(([key]) => /^rule\.|^feed\.lost$|^store\.(behind|away)$|^alarms\.note$/.test(key)).map(([, name]) => name));
    expect(names.filter((name) => shorten(name, alarmWidth - farSize, 6.7, farSize) !== name)).toEqual([]);
  });
});
