import { readFileSync } from 'node:fs';
import WebSocket from 'ws';
import { Fault } from '#libs/model';
import { until } from '#stack';
import type { CpuProfile } from './self-time.js';

const SAMPLE_EVERY_MICROS = 500;
/** A service that may be profiled: it tells its log where. */
export const PROFILED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };
const LISTENING = /Debugger listening on (ws:\/\/127\.0\.0\.1:\d+\/\S+)/g;

interface Answer {
  id?: number;
  result?: { profile?: CpuProfile };
  error?: { message: string };
}

/** A profile being taken of a process of Node's. */
export interface RunningProfile {
  stop(): Promise<CpuProfile>;
}

const opened = (url: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { maxPayload: 512 * 1024 * 1024 });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });

/** Begins to sample. @param log where the process said by which address it may be asked. */
export const startProfile = async (log: string): Promise<RunningProfile> => {
  const look = (): string | undefined => [...readFileSync(log, 'utf8').matchAll(LISTENING)].at(-1)?.[1];
  const socket = await opened(await until('the address of the inspector', look));
  let last = 0;
  const ask = (method: string, params: object = {}): Promise<Answer['result']> =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      const hear = (data: WebSocket.RawData): void => {
        const answer = JSON.parse(String(data)) as Answer;
        if (answer.id !== id) return;
        socket.off('message', hear);
        if (answer.error) reject(new Fault(`${method}: ${answer.error.message}`));
        else resolve(answer.result);
      };
      socket.on('message', hear);
      socket.send(JSON.stringify({ id, method, params }));
    });
  await ask('Profiler.enable');
  await ask('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_MICROS });
  await ask('Profiler.start');
  return {
    stop: async () => {
      const { profile } = (await ask('Profiler.stop')) ?? {};
      socket.close();
      if (!profile) throw new Fault('the profiler gave no profile');
      return profile;
    },
  };
};
