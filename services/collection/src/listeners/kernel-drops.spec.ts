import { dropsOf, readSockets } from './kernel-drops.js';

const HEAD =
  '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops';
const line = (local: string, drops: number): string =>
  `  517: ${local} 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 18331 2 ffff8881 ${drops}`;

it('what the kernel dropped at a port is the sum over its sockets, and of no other', () => {
  const table = [HEAD, line('0100007F:158A', 7), line('00000000:158A', 5), line('0100007F:158B', 100), ''].join('\n');
  expect([5514, 5515, 5516].map((port) => dropsOf(table, port))).toEqual([12, 100, 0]);
});
it('is nothing where the system has no such table', async () => {
  expect(dropsOf('', 5514)).toBe(0);
  expect(await readSockets()).toEqual(expect.any(String));
});
