// A switch that speaks just enough of Asterisk's manager interface to be followed: a queue with so many members, who can be paused.
import { createServer } from 'node:net';

const end = '\r\n\r\n';
const block = (fields) => Object.entries(fields).map(([name, value]) => `${name}: ${value}`).join('\r\n') + end;

export class FakeSwitch {
  sockets = new Set();

  constructor(agents) {
    this.agents = agents;
    this.server = createServer((socket) => this.welcome(socket));
  }

  async start() {
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    return this.server.address().port;
  }

  stop() {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((done) => this.server.close(done));
  }

  /** Says that a member is paused, or no longer. */
  pause(agent, paused) {
    const event = block({ Event: 'QueueMemberPause', ...this.member(agent), Paused: paused ? 1 : 0, PausedReason: paused ? 'training' : '', LastPause: Math.floor(Date.now() / 1000) });
    for (const socket of this.sockets) socket.write(event);
  }

  member(agent) {
    return {
      Queue: 'support', MemberName: agent, Interface: `PJSIP/${agent}`, StateInterface: `PJSIP/${agent}`, Membership: 'dynamic', Penalty: 0, CallsTaken: 0, LastCall: 0, LastPause: 0,
      LoginTime: Math.floor(Date.now() / 1000) - 7200, InCall: 0, Status: 1, Paused: 0, PausedReason: '', Wrapuptime: 0, Ringinuse: 0,
    };
  }

  welcome(socket) {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => this.sockets.delete(socket));
    socket.write('Asterisk Call Manager/9.0.0\r\n');
    let held = '';
    socket.on('data', (data) => {
      held += data;
      for (let at = held.indexOf(end); at >= 0; at = held.indexOf(end)) {
        const asked = Object.fromEntries(held.slice(0, at).split('\r\n').map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]));
        held = held.slice(at + end.length);
        socket.write(this.answer(asked));
      }
    });
  }

  answer({ Action, ActionID }) {
    const id = { ActionID };
    const list = (name, items) => block({ Response: 'Success', ...id, EventList: 'start', Message: 'follows' }) + items.map((item) => block({ ...item, ...id })).join('')
      + block({ Event: `${name}Complete`, ...id, EventList: 'Complete', ListItems: items.length });
    switch (Action) {
      case 'Challenge': return block({ Response: 'Error', ...id, Message: 'None here' });
      case 'Login': return block({ Response: 'Success', ...id, Message: 'Authentication accepted' }) + block({ Event: 'FullyBooted', Status: 'Fully Booted', Uptime: 90000, LastReload: 90000 });
      case 'Ping': return block({ Response: 'Success', ...id, Ping: 'Pong', Timestamp: Date.now() / 1000 });
      case 'CoreStatus': return block({ Response: 'Success', ...id, CoreStartupDate: '2026-01-01', CoreStartupTime: '00:00:00', CoreReloadDate: '2026-01-01', CoreReloadTime: '00:00:00', CoreCurrentCalls: 0 });
      case 'QueueStatus': return list('QueueStatus', [
        { Event: 'QueueParams', Queue: 'support', Max: 0, Strategy: 'leastrecent', Calls: 0, Holdtime: 0, TalkTime: 0, Completed: 0, Abandoned: 0, ServiceLevel: 20, ServicelevelPerf: 0, Weight: 0 },
        ...this.agents.map((agent) => { const { MemberName, Interface, ...rest } = this.member(agent); return { Event: 'QueueMember', Name: MemberName, Location: Interface, ...rest }; }),
      ]);
      case 'CoreShowChannels': return list('CoreShowChannels', []);
      default: return block({ Response: 'Success', ...id, Message: 'Done' });
    }
  }
}
