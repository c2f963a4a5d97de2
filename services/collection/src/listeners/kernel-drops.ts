import { readFile } from 'node:fs/promises';

/** The table of UDP sockets that Linux keeps; empty elsewhere. */
export const readSockets = (): Promise<string> => readFile('/proc/net/udp', 'utf8').catch(() => '');

/** Datagrams that the kernel dropped at a port since it was opened, because nobody read them in time. */
export const dropsOf = (sockets: string, port: number): number => {
  const ofPort = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return sockets
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local]) => local?.endsWith(ofPort))
    .reduce((sum, fields) => sum + (Number(fields.at(-1)) || 0), 0);
};
