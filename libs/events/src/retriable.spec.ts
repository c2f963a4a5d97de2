import kafkajs from 'kafkajs';
import { Fault } from './errors.js';
import { isRetriable, retriably } from './retriable.js';

const passing = (type: string): Error => Object.assign(new Error(type), { type, retriable: true });
const final = (type: string): Error => Object.assign(new Error(type), { type, retriable: false });
const all = (...errors: Error[]): Error => Object.assign(new Error('several'), { errors });
const wrapped = (cause: Error): Fault => new Fault('the broker refused', { cause });

it.each([
  ['not the leader', passing('NOT_LEADER_FOR_PARTITION'), true],
  ['no such topic yet', passing('UNKNOWN_TOPIC_OR_PARTITION'), true],
  ['inside of what the client and we made of it', wrapped(wrapped(passing('LEADER_NOT_AVAILABLE'))), true],
  ['several, of which the rest is done already', all(passing('NOT_CONTROLLER'), final('TOPIC_ALREADY_EXISTS')), true],
  ['a broker that missed a heartbeat, so that none is at work', all(final('INVALID_REPLICATION_FACTOR')), true],
  ['several, one for good', all(passing('NOT_CONTROLLER'), final('POLICY_VIOLATION')), false],
  ['what is not allowed', final('TOPIC_AUTHORIZATION_FAILED'), false],
  ['a broker that cannot be reached', new kafkajs.KafkaJSConnectionError('refused'), false],
  ['a fault of ours', new Fault('no'), false],
  ['nothing', undefined, false],
])('%s', (_what, error, expected) => expect(isRetriable(error)).toBe(expected));

it('does again what fails by what passes, and gives the rest back as it is', async () => {
  const pauses: number[] = [];
  const rest = async (ms: number): Promise<void> => void pauses.push(ms);
  const ends = [passing('NOT_LEADER_FOR_PARTITION'), wrapped(passing('NOT_CONTROLLER')), undefined];
  const work = async (): Promise<string> => {
    const error = ends.shift();
    if (error) throw error;
    return 'done';
  };
  expect(await retriably(work, 1_000, rest)).toBe('done');
  expect(pauses).toEqual([100, 200]);
  const denied = final('CLUSTER_AUTHORIZATION_FAILED');
  await expect(retriably(() => Promise.reject(denied), 1_000, rest)).rejects.toBe(denied);
  await expect(retriably(() => Promise.reject(passing('NOT_CONTROLLER')), 0, rest)).rejects.toThrow('NOT_CONTROLLER');
});
