/** How an agent is drawn: a card with name, word and time; a tile with name and time; a square; a dot. */
export type Tier = 'card' | 'tile' | 'square' | 'dot';

/** Sizes in wall units (a hundredth of the screen's height). */
interface TierSize {
  tier: Tier; minWidth: number; maxWidth: number; minHeight: number; maxHeight: number; header: number; gap: number;
  /** Least width of a team, so that its name and counts fit above its agents. */
  team: number;
}

const tiers: TierSize[] = [
  { tier: 'card', minWidth: 17, maxWidth: 30, minHeight: 7.6, maxHeight: 11, header: 4.2, gap: 0.8, team: 30 },
  { tier: 'tile', minWidth: 8.6, maxWidth: 18, minHeight: 4.3, maxHeight: 7.6, header: 2.8, gap: 0.5, team: 30 },
  { tier: 'square', minWidth: 3, maxWidth: 6.4, minHeight: 3, maxHeight: 6.4, header: 2.7, gap: 0.4, team: 25 },
  { tier: 'dot', minWidth: 1.4, maxWidth: 3, minHeight: 1.4, maxHeight: 3, header: 2.6, gap: 0.3, team: 21 },
];

/** Space between two teams, below and beside each other. */
export const teamGap = 1;
export const teamGutter = 2.2;

export interface GridLayout {
  tier: Tier;
  /** Teams stand in this many columns. */
  teamColumns: number;
  /** How wide a team may be. */
  teamWidth: number;
  /** Tiles in a row of one team. */
  columns: number;
  width: number;
  height: number;
  header: number;
  gap: number;
  /** Which team stands in which column. */
  placement: number[][];
}

/**
 * The largest drawing at which every team fits the space: tiers from card to dot, teams side by side in one to six columns.
 * The space is given in wall units. When not even the smallest dots fit, those are drawn and the rest is cut off below.
 */
export function gridLayout(counts: number[], space: { width: number; height: number }): GridLayout {
  let last: GridLayout | null = null;
  for (const size of tiers) {
    let best: GridLayout | null = null;
    for (let teamColumns = 1; teamColumns <= Math.min(6, Math.max(1, counts.length)); teamColumns++) {
      const layout = fitTier(size, counts, space, teamColumns);
      if (layout && (!best || layout.width * layout.height > best.width * best.height)) best = layout;
    }
    if (best) return best;
    last = fallback(size, counts, space);
  }
  return last!;
}

function fitTier(size: TierSize, counts: number[], space: { width: number; height: number }, teamColumns: number): GridLayout | null {
  const width = (space.width - teamGutter * (teamColumns - 1)) / teamColumns;
  if (teamColumns > 1 && width < size.team) return null;
  const most = Math.floor((width + size.gap) / (size.minWidth + size.gap));
  let best: GridLayout | null = null;
  for (let columns = 1; columns <= most; columns++) {
    const placement = place(counts.map((count) => rows(count, columns) * size.minHeight + size.header), teamColumns);
    const height = tileHeight(size, counts, columns, placement, space.height);
    if (height < size.minHeight) continue;
    const tileWidth = Math.min(size.maxWidth, (width - size.gap * (columns - 1)) / columns);
    const square = size.tier === 'square' || size.tier === 'dot';
    const side = Math.min(tileWidth, height);
    const layout: GridLayout = {
      tier: size.tier, teamColumns, teamWidth: width, columns, width: square ? side : tileWidth, height: square ? side : Math.min(size.maxHeight, height),
      header: size.header, gap: size.gap, placement,
    };
    if (!best || layout.width * layout.height > best.width * best.height + 0.01) best = layout;
  }
  return best;
}

const rows = (count: number, columns: number) => Math.ceil(count / columns);

/** The height that a tile can have so that the fullest column of teams still fits. */
function tileHeight(size: TierSize, counts: number[], columns: number, placement: number[][], height: number): number {
  let least = size.maxHeight;
  for (const column of placement) {
    const tileRows = column.reduce((sum, team) => sum + rows(counts[team]!, columns), 0);
    if (tileRows === 0) continue;
    const used = column.length * size.header + (column.length - 1) * teamGap + (tileRows - column.length) * size.gap;
    least = Math.min(least, (height - used) / tileRows);
  }
  return least;
}

/** Teams in order, down the first column and on into the next, cut where the columns come out most alike. */
function place(heights: number[], columns: number): number[][] {
  const total = heights.reduce((sum, height) => sum + height, 0);
  const placement: number[][] = Array.from({ length: columns }, () => []);
  let column = 0;
  let passed = 0;
  heights.forEach((height, team) => {
    // The middle of the team decides to which share of the whole it belongs.
    while (column < columns - 1 && passed + height / 2 > (total * (column + 1)) / columns) column++;
    placement[column]!.push(team);
    passed += height;
  });
  return placement;
}

function fallback(size: TierSize, counts: number[], space: { width: number; height: number }): GridLayout {
  const columns = Math.max(1, Math.floor((space.width + size.gap) / (size.minWidth + size.gap)));
  return {
    tier: size.tier, teamColumns: 1, teamWidth: space.width, columns, width: size.minWidth, height: size.minHeight, header: size.header, gap: size.gap,
    placement: [counts.map((_, team) => team)],
  };
}
