/** What the desk looks at: the view, what is chosen in it, and the question that is being asked about it. */
export type Tab = 'team' | 'verdicts' | 'callbacks' | 'queues';
export const tabs: readonly Tab[] = ['team', 'verdicts', 'callbacks', 'queues'];

/** The detail shown on the right. */
export type Chosen = { kind: 'agent'; id: string } | { kind: 'verdict'; id: string };

/** A dialog about an agent. */
export type Question = 'break' | 'sign-out' | 'move' | 'exception' | 'message';

export class Choice {
  tab = $state<Tab>('team');
  chosen = $state.raw<Chosen | null>(null);
  item = $state<string | null>(null);
  onlyMine = $state(true);
  search = $state('');
  question = $state<Question | null>(null);
  duty = $state(false);
  letters = $state(false);

  /** Shows an agent. `item` is what of the inbox that is about: whatever else is shown, nothing of the inbox is chosen any more, so that its keys never act on what is out of sight. */
  agent(id: string, item: string | null = null): void { [this.chosen, this.item] = [{ kind: 'agent', id }, item]; }

  /** Shows a verdict; `item` as above. */
  verdict(id: string, item: string | null = null): void { [this.chosen, this.item] = [{ kind: 'verdict', id }, item]; }

  /** The chosen agent's id, where one is chosen. */
  get agentId(): string | null { return this.chosen?.kind === 'agent' ? this.chosen.id : null; }
}
