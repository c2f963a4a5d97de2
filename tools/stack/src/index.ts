/**
 * The local broker and store. `startStack` gives Kafka with SASL and ACLs and a MongoDB-speaking store, from the first
 * of: the environment (KAFKA_BROKERS, MONGO_URL), Docker (the docker-compose.yml of the repository), processes of this
 * machine (Kafka's own jars, SecantusDB). Nothing it starts outlives the process that asked, unless `detached`.
 */
import { resolve } from 'node:path';
import { Fault } from '#libs/model';
import { attachDocker, dockerAnswers, startDocker } from './docker.js';
import { given, useEnvironment } from './environment.js';
import { attachLocal, startLocal } from './local.js';
import { locked } from './lock.js';
import type { Stack, StackOptions } from './stack.js';

export type { Principal, Stack, StackOptions } from './stack.js';
export { clientQuotaOf, putClientQuota, type ClientQuota } from './client-quotas.js';
export { makeCertificate, type MadeCertificate } from './certificates.js';
export { freePorts, portsLike } from './ports.js';
export { isAlive, isOurs } from './processes.js';
export { givenPasswords } from './environment.js';
export { startS3Server, whyNoS3Server } from './s3-server.js';
export { progressOf } from './progress.js';
export { pause, until, type Looking } from './until.js';

/**
 * Resolves when broker and store both answer. Throws Fault, naming everything that is missing, and leaves nothing
 * running.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const dir = resolve(options.dir ?? '.stack');
  const environment = given(process.env);
  return locked(`${dir}/.starting`, 300_000, async () => {
    if (environment) return useEnvironment(dir, options, environment);
    return (await inDocker()) ? startDocker(dir, options) : startLocal(dir, options);
  });
}

/** The stack another process started over `dir` and keeps running, if any. */
export async function attachStack(dir = '.stack'): Promise<Stack | undefined> {
  const environment = given(process.env);
  if (environment) return useEnvironment(resolve(dir), {}, environment);
  return (await attachLocal(resolve(dir))) ?? attachDocker(resolve(dir));
}

/** VIGIE_STACK chooses `docker` or `local` where both could be had. */
async function inDocker(): Promise<boolean> {
  const wish = process.env['VIGIE_STACK'];
  if (wish === 'docker' || wish === 'local') return wish === 'docker';
  if (wish) throw new Fault(`VIGIE_STACK is "${wish}"; it can be docker or local`);
  return dockerAnswers();
}
