/** Who works at this desk: the name under which everything is recorded, and whose team is looked after. Kept for the next visit. */
const kept = 'desk.who';

export interface Who { by: string; team: string | null }

/** `?as=NAME&team=ID` in the address first, then what was said here before; null: to be asked. */
export function firstWho(query: string, stored: string | null): Who | null {
  const asked = new URLSearchParams(query);
  const by = asked.get('as')?.trim();
  if (by) return { by, team: asked.get('team') };
  try {
    const known: unknown = JSON.parse(stored ?? 'null');
    if (known && typeof known === 'object' && 'by' in known && typeof known.by === 'string' && known.by)
      return { by: known.by, team: 'team' in known && typeof known.team === 'string' ? known.team : null };
  } catch {
    // Something else lies under that name: ask.
  }
  return null;
}

class Working {
  who = $state.raw<Who | null>(null);

  start(): void { this.who = firstWho(location.search, localStorage.getItem(kept)); }

  set(who: Who): void {
    this.who = who;
    localStorage.setItem(kept, JSON.stringify(who));
  }

  ask(): void { this.who = null; }
}

export const working = new Working();
