/**
 * Sizes of text by calculation instead of measuring: names and labels are the site's own and of any length, and a wall must
 * not jump when they come; what does not fit is shortened in a way that still tells who is meant. Widths are estimates on the wide side of the house's fonts.
 */

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const broadest = /[MWmw@%…]/;
const broad = /[A-Z&ÄÖÜ÷]/;
const narrow = /[fijlrtI1.,:;'|()\s-]/;

/** About how many ems a text is wide: a full-width character is one, a Latin one a little over half. */
export function ems(text: string): number {
  let width = 0;
  for (const char of text) width += wide.test(char) ? 1 : broadest.test(char) ? 0.94 : broad.test(char) ? 0.75 : narrow.test(char) ? 0.39 : 0.62;
  return width;
}

/** How many lines a text takes at a width in ems: broken at spaces and hyphens and between full-width characters; a longer word does not fit (infinitely many). */
export function lines(text: string, width: number): number {
  const pieces = text.match(/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef-]+-?\s*|-\s*|\s+/gu) ?? [];
  let count = 1;
  let used = 0;
  for (const piece of pieces) {
    const visible = ems(piece.trimEnd());
    if (visible > width) return Infinity;
    if (used + visible > width) {
      count++;
      used = 0;
    }
    used += ems(piece);
  }
  return count;
}

/**
 * A name as long as a box allows: whole; else its first and last part; else the first part and an initial (neither in
 * Chinese, which has none); else the first part, cut if it must be. Parts are what spaces and middle dots divide.
 */
export function nameFor(name: string, width: number, height: number, min: number): string {
  const parts = name.split(/[\s·]+/).filter(Boolean);
  const first = parts[0] ?? name;
  const last = parts.at(-1) ?? '';
  const tries = parts.length < 2 ? [name] : wide.test(first) ? [name, first] : [name, `${first} ${last}`, `${first} ${last[0]}.`, first];
  return tries.find((text) => fits(text, width, height, min)) ?? shorten(first.split('-')[0]!, width, height, min);
}

/** Who is meant, as long as a box allows: a person's name or, on a wall that names nobody, their team's label. */
export const called = (isPerson: boolean, ...box: Parameters<typeof nameFor>): string => (isPerson ? nameFor : shorten)(...box);

/** A label as long as a box allows: whole; else without what stands in brackets; else as much of its beginning as fits, and dots. */
export function shorten(label: string, width: number, height: number, min: number): string {
  const bare = label.replace(/\s*[(\uff08][^)\uff09]*[)\uff09]/g, '').trim() || label;
  let text = [label, bare].find((one) => fits(one, width, height, min));
  for (let kept = [...bare].slice(0, -1); text === undefined && kept.length > 0; kept.pop()) {
    const cut = `${kept.join('').trimEnd()}…`;
    // A word that is only begun is left out where enough stands before it.
    if (fits(cut, width, height, min)) text = cut.replace(/(?<=^.{5,})\s+\S{1,4}…$/, '…');
  }
  return text ?? bare;
}

const fits = (text: string, width: number, height: number, size: number): boolean => lines(text, width / size) * size * leading <= height;

/** The least size of a text on a wall, in its units: what would be smaller is shortened or left out. */
export const leastSize = 1.5;

/** What is read from eight metres: a seventeenth of the height, and a hair more (--far in theme.css). */
export const farSize = 5.9;

/** Height of a line against its font size, as `line-height` is set where names and labels are drawn. */
export const leading = 1.12;

/**
 * The largest font size, from `size` down to `min`, at which a text fits a box (all in one unit), on as many lines as the
 * box is high. A text that does not fit even so is drawn at `min` and may be cut; nothing beside it moves.
 */
export function fit(text: string, width: number, height: number, size: number, min: number): number {
  for (let font = size; font > min; font -= 0.05) if (lines(text, width / font) * font * leading <= height) return Math.round(font * 100) / 100;
  return min;
}
