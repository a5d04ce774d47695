import { partlyPaused, shortName } from '../../board';
import { fit, leastSize, nameFor, shorten } from '../../fit';
import { left, shortDuration, since, toMs, wait } from '../../format';
import { icons, shapeOf, solid, type Shape } from '../../parts/icons';
import type { Agent } from '../../protocol';
import type { Tier } from './layout';
import './tiles.css';

/** How all tiles of a team are drawn; a new one means that every tile is drawn anew. Sizes in wall units. */
export interface Look {
  tier: Tier;
  width: number;
  height: number;
  /** Whether people are named; a wall in a corridor names nobody. */
  names: boolean;
  /** A state or a kind of break in the language of the wall. */
  word: (agent: Agent) => string;
}

/**
 * The tiles of one team, painted by hand. They are what changes most on a wall (a thousand tiles, a hundred changes ten times a second),
 * and style and layout dominate what that costs: so a tile is made once and then only what differs is written. Everything around them is
 * Svelte's; `npm run bench` holds this to the price of a page that does nothing else.
 */
export class Tiles {
  private readonly tiles: Tile[] = [];
  private look: Look | null = null;
  private at = 0;
  private nameSize = 0;

  constructor(private readonly parent: HTMLElement) {}

  /** Shows these agents, each in its place. What is the same object as before is not looked at. */
  show(agents: readonly Agent[], look: Look): void {
    const anew = look !== this.look || agents.length !== this.tiles.length;
    if (anew) this.nameSize = commonSize(agents, look);
    if (look.tier !== this.look?.tier) this.clear(0);
    this.look = look;
    this.clear(agents.length);
    agents.forEach((agent, i) => {
      let tile = this.tiles[i];
      if (!tile) this.parent.append((this.tiles[i] = tile = new Tile(look.tier)).root);
      if (anew || tile.agent !== agent) tile.show(agent, look, this.nameSize, this.at, anew);
    });
  }

  /** Brings the running times up to an instant. */
  tick(at: number): void {
    this.at = at;
    for (const tile of this.tiles) tile.tick(at);
  }

  private clear(keep: number): void {
    for (const tile of this.tiles.splice(keep)) tile.root.remove();
  }
}

/** Room for a name beside what is pinned to the corner. */
const nameBox = (look: Look, pinned: boolean) => ({ width: look.width - 2 - (!pinned ? 0 : look.tier === 'card' ? 2.2 : 1.7), height: look.height * 0.52 });

/** One size for the names of a team, at which four in five of them fit: the longest shrink alone, and the rest stand as one hand wrote them. */
function commonSize(agents: readonly Agent[], look: Look): number {
  const most = Math.min(3, look.height * 0.465);
  const box = nameBox(look, false);
  const sizes = agents.map(({ name }) => fit(nameFor(name, box.width, box.height, leastSize), box.width, box.height, most, leastSize)).sort((a, b) => a - b);
  return sizes[Math.floor(sizes.length / 5)] ?? most;
}

/** One agent's tile. Its parts are made with it; which of them are seen is a matter of class and text. */
class Tile {
  readonly root = element('div', '');
  agent: Agent | null = null;
  private readonly icon = new Icon();
  private readonly name: HTMLElement | null;
  private readonly word: HTMLElement | null;
  private readonly time: HTMLElement | null;
  private readonly line: HTMLElement | null = null;
  private readonly badge = new Icon();
  private readonly pin: HTMLElement | null = null;
  private readonly written = new Map<HTMLElement, string>();
  private flags = -1;
  private look: Look | null = null;

  constructor(private readonly tier: Tier) {
    const small = tier === 'dot' || tier === 'square';
    this.name = tier === 'dot' ? null : element(small ? 'b' : 'p', 'name');
    this.time = tier === 'dot' ? null : element('time', '');
    this.word = small ? null : element('span', '');
    if (small) {
      this.root.append(this.icon.root);
      if (this.name && this.time) this.root.append(this.name, this.time);
      return;
    }
    this.line = element('p', 'state');
    this.line.append(this.icon.root, this.word!, this.time!);
    this.pin = element('i', '');
    this.pin.append(this.badge.root);
    this.root.append(this.name!, this.line, this.pin);
  }

  show(agent: Agent, look: Look, nameSize: number, at: number, anew: boolean): void {
    if (agent.id !== this.agent?.id) this.root.setAttribute('data-agent', agent.id);
    // The one thing that the style sheet goes by: a class as well would be looked up a second time.
    if (agent.state !== this.agent?.state) this.root.setAttribute('data-state', agent.state);
    const renamed = anew || agent.name !== this.agent?.name;
    this.agent = agent;
    this.look = look;
    if (this.line) this.large(agent, look, nameSize, renamed);
    else this.small(agent, look, renamed);
    this.tick(at);
  }

  /** The running time, and whether a break is over by now; written only where it reads differently. */
  tick(at: number): void {
    const { agent, look } = this;
    if (!agent || !look) return;
    const ends = agent.state === 'onBreak' ? toMs(agent.break?.endsAt) : null;
    const over = ends !== null && at >= ends;
    const half = isHalf(agent);
    const flags = Number(over) + 2 * Number(half) + 4 * Number(look.names);
    if (flags !== this.flags) this.root.className = `agent ${this.tier}${over ? ' over' : ''}${half ? ' half' : ''}${look.names ? '' : ' nameless'}`;
    this.flags = flags;
    if (!this.time) return;
    const shown = this.tier !== 'square' || look.height >= 4.2;
    this.write(this.time, !shown || agent.state === 'signedOut' ? ''
      : this.tier === 'square' ? (over ? '+' : '') + shortDuration(ends === null ? since(agent.since, at) : ends - at)
      // What is left of a break, as the board beside it says; everything else counts up.
      : ends !== null ? left(ends, at)
      : wait(since(agent.since, at)));
  }

  // Too small for a badge: the raised hand takes the place of the state's shape, the colour stays.
  private small(agent: Agent, look: Look, renamed: boolean): void {
    this.icon.draw(agent.handRaisedAt ? 'hand' : shapeOf(agent.state));
    if (!this.name || !renamed) return;
    const { width, height } = look;
    const name = height >= 6 && look.names ? shorten(shortName(agent.name), width - 0.6, height * 0.3, leastSize) : '';
    this.size(this.name, fit(name, width - 0.6, height * 0.3, height * 0.25, leastSize));
    this.write(this.name, name);
  }

  // Type grows with the tile; the word comes as soon as there is room for it beside the shape.
  private large(agent: Agent, look: Look, nameSize: number, renamed: boolean): void {
    const { width, height } = look;
    const pin = agent.handRaisedAt ? 'hand' : isHalf(agent) ? 'partly' : '';
    const size = Math.min(look.names ? 1.9 : 2.6, Math.max(1.6, height * 0.27));
    const box = nameBox(look, pin !== '');
    if (this.pin!.className !== pin) {
      this.pin!.className = pin;
      renamed = true;
    }
    if (pin) this.badge.draw(pin);
    if (renamed) {
      const name = look.names ? nameFor(agent.name, box.width, box.height, leastSize) : '';
      this.size(this.name!, fit(name, box.width, box.height, nameSize, leastSize));
      this.name!.style.maxWidth = `calc(${box.width} * var(--u))`;
      this.size(this.line!, size);
      this.write(this.name!, name);
    }
    this.icon.draw(shapeOf(agent.state));
    // Who is signed out has no running time, so that the word has its room.
    const room = width - 1.9 - size * (agent.state === 'signedOut' ? 1.4 : 4.3);
    const word = width >= 13.5 ? shorten(look.word(agent), room, 2.8, leastSize) : '';
    if (this.written.get(this.word!) === word && !renamed) return;
    this.size(this.word!, fit(word, room, 2.8, size, leastSize));
    this.write(this.word!, word);
  }

  private size(part: HTMLElement, units: number): void {
    part.style.fontSize = `calc(${units} * var(--u))`;
  }

  private write(part: HTMLElement, text: string): void {
    if (this.written.get(part) === text) return;
    this.written.set(part, text);
    // The text node that is there is kept: a new one would be laid out as a new line.
    if (part.firstChild) (part.firstChild as Text).data = text;
    else part.textContent = text;
  }
}

/** Paused in some queues only; who is on a break is paused in all. */
const isHalf = (agent: Agent): boolean => agent.state !== 'onBreak' && partlyPaused(agent);

/** A shape that is drawn anew only when it is another. */
class Icon {
  readonly root = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  private readonly path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  private shape: Shape | null = null;

  constructor() {
    this.root.setAttribute('viewBox', '0 0 24 24');
    this.root.setAttribute('aria-hidden', 'true');
    this.root.append(this.path);
  }

  draw(shape: Shape): void {
    if (shape === this.shape) return;
    this.path.setAttribute('d', icons[shape]);
    if (this.shape === null || solid(shape) !== solid(this.shape)) this.path.setAttribute('class', solid(shape) ? 'solid' : '');
    this.shape = shape;
  }
}

function element(tag: string, name: string): HTMLElement {
  const made = document.createElement(tag);
  if (name) made.className = name;
  return made;
}
