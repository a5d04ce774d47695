import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from '@microsoft/signalr';
import type { Alert, AlertNews, Delta, Snapshot, Verdict } from './protocol';

/** Where the link to the service stands. */
export type LinkState = 'connecting' | 'connected' | 'reconnecting';

/** What a page does with what it hears. */
export interface FloorListener {
  snapshot(snapshot: Snapshot): void;
  delta(delta: Delta): void;
  alert(verdict: Verdict, alert: AlertNews): void;
  alertUpdate(alert: AlertNews): void;
  link(state: LinkState): void;
}

/** The service sends at least a beat a second; a link that is silent for this long is dead, whatever TCP believes. */
const deadAfterMs = 8_000;

/** Milliseconds before the next attempt: grows to 5 s and is spread, so that a restarted service is not met by every wall at once. */
export function retryDelay(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(5_000, 250 * 2 ** Math.min(attempt, 5));
  return Math.round(ceiling * (0.5 + random() / 2));
}

/**
 * The link to the floor hub. It never gives up: SignalR's own policy stops after four attempts and never retries the first
 * start, so both are replaced here.
 */
export class FloorConnection {
  private readonly hub: HubConnection;
  private stopped = false;
  private asked = 0;

  constructor(private readonly listener: FloorListener, url = '/hubs/floor') {
    this.hub = new HubConnectionBuilder()
      .withUrl(url)
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (context) => retryDelay(context.previousRetryCount) })
      .configureLogging(LogLevel.Error)
      .build();
    this.hub.serverTimeoutInMilliseconds = deadAfterMs;
    this.hub.on('Snapshot', (snapshot: Snapshot) => {
      this.asked = 0;
      listener.snapshot(snapshot);
    });
    this.hub.on('Delta', (delta: Delta) => listener.delta(delta));
    this.hub.on('Alert', (alert: Alert) => listener.alert(alert.verdict, alert.alert));
    this.hub.on('AlertUpdate', (alert: Alert) => listener.alertUpdate(alert.alert));
    this.hub.onreconnecting(() => {
      this.asked = 0;
      listener.link('reconnecting');
    });
    this.hub.onreconnected(() => listener.link('connected'));
    // The service may close the link for good (a Close message that forbids reconnecting): then start over.
    this.hub.onclose(() => {
      if (!this.stopped) void this.start('reconnecting');
    });
  }

  /** Connects, and goes on trying until it is connected or stopped. */
  async start(state: LinkState = 'connecting'): Promise<void> {
    this.listener.link(state);
    for (let attempt = 0; !this.stopped; attempt++) {
      try {
        await this.hub.start();
        this.listener.link('connected');
        return;
      } catch {
        // Why it failed is in the browser's console already; all that can be done here is to try again.
        await new Promise((resolve) => setTimeout(resolve, retryDelay(attempt)));
      }
    }
  }

  /** Asks for a whole picture after a gap; repeated calls within two seconds are one question. */
  requestSnapshot(now: number = performance.now()): void {
    if (this.hub.state !== HubConnectionState.Connected || (this.asked > 0 && now - this.asked < 2_000)) return;
    this.asked = now;
    // A question lost with its link is answered by the snapshot that every new link begins with.
    this.hub.invoke('RequestSnapshot').catch(() => { this.asked = 0; });
  }

  /** Asks the gate for something: `Break`, `Resume`, `RaiseHand` …; the answer is the gate's. */
  invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.hub.invoke<T>(method, ...args);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.hub.stop();
  }
}
