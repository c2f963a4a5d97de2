import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { SERVICES, type ServiceName } from '#libs/terms';
import { freePorts, startStack, type Stack } from '#stack';
import {
  endProcess,
  graphqlClient,
  mustBeOk,
  newKeyPair,
  provision,
  signToken,
  startProcess,
  tokenIssuers,
  untilReady,
  type StartedProcess,
} from '../../cli/src/index.js';
import { environmentIn, type Kept } from '../../tools/k8s/src/container-environment.js';
import { BARE, render } from '../../tools/k8s/src/helm.js';
import { whereHelmIs } from '../../tools/k8s/src/where-helm-is.js';
import { ofKind, workloadsOf, type KubeObject } from '../../tools/k8s/src/objects.js';

const ADMIN = 'first-admin';
const script = (name: string): string => `dist/services/${name}/src/main.js`;

/** What differs where ten services share a machine: ports, addresses and folders, said as the chart's values say it. */
const settingsOf = (name: ServiceName, dir: string, health: number, http: number) => {
  const own: Partial<Record<ServiceName, Record<string, string>>> = {
    collection: { HTTP_PORT: String(http), OTLP_GRPC_PORT: 'off', LISTEN_HOST: '127.0.0.1' },
    detection: { RULES_CACHE_DIR: join(dir, 'compiled-rules') },
    gateway: { HTTP_PORT: String(http), LISTEN_HOST: '127.0.0.1' },
    hunting: { LAKE_DIR: join(dir, 'lake') },
    response: { SECRETS_FILE: join(dir, 'secrets.json') },
  };
  return { env: { HEALTH_PORT: String(health), HEALTH_HOST: '127.0.0.1', ...own[name] } };
};

/** What the Secrets hold that the chart names. */
const secretsOf = async (stack: Stack): Promise<Kept> => {
  const keys = await Promise.all(SERVICES.map((name) => newKeyPair(name)));
  const byName = (text: (name: string, index: number) => string): Record<string, string> =>
    Object.fromEntries(SERVICES.map((name, index) => [name, text(name, index)]));
  return {
    'vigie-kafka': byName((name) => stack.userFor(name).password),
    'vigie-mongo': byName(() => stack.mongoUrl),
    'vigie-keys': {
      ...byName((_, index) => JSON.stringify(keys[index]?.secret)),
      trusted: JSON.stringify({ keys: keys.map((pair) => pair.public) }),
    },
  };
};

interface TestPod extends KubeObject {
  spec: { containers: { command: string[] }[] };
}

/** What `helm test` would run, on this machine's ports. @returns how it ends, and what it says. */
const helmTest = async (objects: KubeObject[], healthOf: (name: string) => number): Promise<[number, string]> => {
  const [pod] = ofKind<TestPod>(objects, 'Pod');
  const [node = '', ...args] = pod?.spec.containers[0]?.command ?? [];
  expect(node).toBe('node');
  const here = args.map((one) =>
    one.replace(/^http:\/\/vigie-(\w+):9464\//, (_, name: string) => `http://127.0.0.1:${healthOf(name)}/`),
  );
  return new Promise((resolve) => {
    execFile(process.execPath, here, (error, out) => resolve([error ? Number(error.code) : 0, out]));
  });
};

whereHelmIs('ten services with the environment of the chart', () => {
  let dir = '';
  let stack: Stack | undefined;
  const started: StartedProcess[] = [];
  beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'vigie-chart-'))));
  afterAll(async () => {
    await Promise.all(started.map(({ name, child }) => endProcess(child.pid, script(name))));
    await stack?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('become ready, and take a customer on', async () => {
    stack = await startStack({ dir: join(dir, 'stack'), users: [...SERVICES], wipe: true });
    await provision(stack);
    writeFileSync(join(dir, 'secrets.json'), '{}', { mode: 0o600 });
    const issuer = await newKeyPair('issuer');
    const ports = await freePorts(2 * SERVICES.length);
    const at = (index: number): [number, number] => [ports[2 * index] ?? 0, ports[2 * index + 1] ?? 0];
    const values = {
      kafka: { brokers: stack.brokers.join(','), partitions: 2 },
      identity: { tokenIssuers: JSON.parse(tokenIssuers(issuer.public)) as unknown, operatorAdmins: [ADMIN] },
      services: Object.fromEntries(SERVICES.map((name, index) => [name, settingsOf(name, dir, ...at(index))])),
    };
    writeFileSync(join(dir, 'values.json'), JSON.stringify(values));
    const objects = render([...BARE, '--values', join(dir, 'values.json')]);
    const kept = { ...(await secretsOf(stack)), 'vigie-connectors': { 'secrets.json': '{}' } };
    for (const { spec } of workloadsOf(objects)) {
      const [container] = spec.template.spec.containers;
      const name = container?.args?.[0] ?? '';
      const env = container ? environmentIn(container, kept) : {};
      started.push(startProcess({ name, script: script(name), dir, env, detached: false }));
    }
    expect(started.map(({ name }) => name).sort()).toEqual([...SERVICES].sort());
    const healthOf = (name: string): number => at(SERVICES.indexOf(name as ServiceName))[0];
    await Promise.all(started.map((one) => untilReady(one, `http://127.0.0.1:${healthOf(one.name)}/health/ready`)));
    const token = await signToken(issuer.secret, { kind: 'operator', subject: ADMIN });
    const [, http] = at(SERVICES.indexOf('gateway'));
    const admin = graphqlClient(`http://127.0.0.1:${http}/analyst/graphql`, token);
    const onboard =
      'mutation { onboardTenant(tenantId: "acme", input: { name: "Acme", prefix: "ACM", language: EN, timeZone: "Europe/Paris" }) OUTCOME }';
    mustBeOk(await admin.change(onboard), 'the onboarding');

    const [code, said] = await helmTest(objects, healthOf);
    expect({ code, ready: said.match(/ready 200$/gm)?.length }).toEqual({ code: 0, ready: SERVICES.length });
    const cases = started.find(({ name }) => name === 'cases');
    await endProcess(cases?.child.pid, script('cases'));
    const [gone, reason] = await helmTest(objects, healthOf);
    expect({ gone, reason }).toEqual({ gone: 1, reason: expect.stringContaining('ready no answer') as string });
  }, 900_000);
});
