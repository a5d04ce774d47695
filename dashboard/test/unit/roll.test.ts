import { describe, expect, it } from 'vitest';
import { Roll } from '../../src/roll';

interface Member { id: string; n: number }
const key = (member: Member) => member.id;
const abc = () => Roll.of([{ id: 'a', n: 1 }, { id: 'b', n: 1 }, { id: 'c', n: 1 }], key);

describe('the members of a floor', () => {
  it('are the same roll where a delta says nothing of them', () => {
    const roll = abc();
    expect(roll.next(undefined, undefined, key)).toBe(roll);
    expect(roll.next([], [], key)).toBe(roll);
  });

  it('tell what changed, in their old places', () => {
    const roll = abc();
    const changed = [{ id: 'b', n: 2 }];
    const next = roll.next(changed, undefined, key);
    expect(next).not.toBe(roll);
    expect(next.changed).toEqual(changed);
    expect([...next.values()].map((one) => `${one.id}${one.n}`)).toEqual(['a1', 'b2', 'c1']);
  });

  it.each([
    ['somebody comes', [{ id: 'd', n: 1 }], undefined],
    ['somebody goes', [{ id: 'b', n: 2 }], ['a']],
    ['one goes and comes back at once', [{ id: 'a', n: 2 }], ['a']],
  ])('tell no changes when %s: everything is to be looked at anew', (_, changed, gone) => {
    expect(abc().next(changed, gone, key).changed).toBeNull();
  });

  it('know their next of kin: nothing is missed when a delta lies between', () => {
    const first = abc();
    const second = first.next([{ id: 'a', n: 2 }], undefined, key);
    const third = second.next([{ id: 'b', n: 2 }], undefined, key);
    expect(second.follows(first)).toBe(true);
    expect(third.follows(second)).toBe(true);
    expect(third.follows(first)).toBe(false);
    expect(abc().follows(first)).toBe(false);
    expect(first.follows(null)).toBe(false);
  });

  it('are read as a map is', () => {
    const roll = abc();
    expect([roll.size, roll.has('a'), roll.has('x'), roll.get('c')?.n]).toEqual([3, true, false, 1]);
    expect([...roll.keys()]).toEqual(['a', 'b', 'c']);
    expect([...roll].map(([id]) => id)).toEqual([...roll.entries()].map(([id]) => id));
    const seen: string[] = [];
    roll.forEach((member, id) => seen.push(`${id}${member.n}`));
    expect(seen).toEqual(['a1', 'b1', 'c1']);
  });
});
