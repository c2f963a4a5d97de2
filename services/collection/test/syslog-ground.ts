import { AddressLimit } from '../src/listeners/addresses.js';
import { ByteBudget } from '../src/listeners/byte-budget.js';
import { CountLimit } from '../src/listeners/count-limit.js';
import type { SyslogPort, SyslogPorts } from '../src/listeners/syslog-port.js';
import { syslogListener } from '../src/listeners/syslog.js';
import { opened, type OpenedConnection } from './opened.js';

/** What a listener appended. */
export interface TakenFrames {
  tenant: string;
  events: string[];
  truncated: boolean;
}

/** Listeners without a broker, by a clock that tests turn. */
export const syslogGround = (
  most: { bytes?: number; ofTenant?: number; ofAddress?: number; handshakes?: number; inAll?: number } = {},
) => {
  const clock = { ms: 0 };
  const taken: TakenFrames[] = [];
  const warned: { text: string; dropped?: number }[] = [];
  const bytes = new ByteBudget(most.bytes ?? 64 * 1024 * 1024);
  const refused: string[] = [];
  const ends: (() => unknown)[] = [];
  const ports: SyslogPorts = {
    bytes,
    connections: {
      ofTenant: new CountLimit(most.ofTenant ?? 3),
      ofAddress: new AddressLimit(most.ofAddress ?? 200),
      handshakes: new AddressLimit(most.handshakes ?? 200),
      inAll: new CountLimit(most.inAll ?? 10),
    },
    refused: (why) => void refused.push(why),
    now: () => clock.ms,
    log: { warn: (fields, text) => void warned.push({ ...fields, text }) },
    append: async (tenant, _source, events, { truncated = false } = {}) =>
      void taken.push({ tenant, events: events.map(String), truncated }),
  };
  return {
    clock,
    taken,
    warned,
    refused,
    bytes,
    ports,
    listen: async (at: SyslogPort, changed: Partial<SyslogPorts> = {}) => {
      const listener = await syslogListener(at, '127.0.0.1', { ...ports, ...changed });
      ends.push(() => listener.close());
      return listener;
    },
    /** By TCP. */
    dial: async (port: number, text: string): Promise<OpenedConnection> => {
      const made = await opened(port, text);
      ends.unshift(() => made.socket.destroy());
      return made;
    },
    atEnd: (end: () => unknown) => void ends.unshift(end),
    events: (tenant: string): string[] => taken.filter((one) => one.tenant === tenant).flatMap(({ events }) => events),
    end: async (): Promise<void> => {
      for (const end of ends.splice(0)) await end();
    },
  };
};
export type SyslogGround = ReturnType<typeof syslogGround>;
