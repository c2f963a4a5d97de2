import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Installation } from './saved-installation.js';
import { givePorts } from './ports.js';

const installation = (): Installation => ({ dir: '', keys: {}, ports: {}, pids: {}, urls: {} }) as never;
const told: string[] = [];
const give = (to: Installation): Promise<void> => givePorts(to, (line) => void told.push(line));

it('an installation keeps its addresses, and a port that somebody took is told and moves alone', async () => {
  const ours = installation();
  await give(ours);
  const first = { ...ours.ports };
  await give(ours);
  expect([ours.ports, told]).toEqual([first, []]);

  const other: Server = createServer().listen(first.cases, '127.0.0.1');
  await once(other, 'listening');
  await give(ours);
  expect((other.address() as AddressInfo).port).toBe(first.cases);
  await new Promise((resolve) => other.close(resolve));
  expect(ours.ports.cases).not.toBe(first.cases);
  expect({ ...ours.ports, cases: 0 }).toEqual({ ...first, cases: 0 });
  expect(told).toEqual([`port ${first.cases} of cases is taken by another program: it is ${ours.ports.cases} now`]);
});
