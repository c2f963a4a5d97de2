import { reasonOf } from '#libs/model';
import { until } from '#stack';
import { CHART, RELEASE, render } from '../../tools/k8s/src/helm.js';
import type { NetworkEnd } from '../../tools/k8s/src/network-policy.js';
import type { KubeObject } from '../../tools/k8s/src/objects.js';
import { mustBe, type Checks } from './checks.js';
import { evictTwo } from './eviction.js';
import { makePlace, type KubePlace } from './place.js';
import { helm, kubectl } from './programs.js';
import { imagesOf, livePods, liveWorkloads, untilRolledOut, withinBudget, zonesOf } from './rollout.js';
import { judgeTraffic } from './traffic.js';
import type { Undoing } from './undoing.js';
import { kubeconform, kubeScore, withoutValidator } from './validators.js';

/** How the chart is installed, and what is to be seen of it. */
export interface Installed {
  name: string;
  flags: string[];
  /** Replicas of each service; hunting has one where its disk is not shared. */
  replicas: number;
  /** Over how many zones they are. */
  zones: number;
  /** Whether Kafka is in the namespace too, by Strimzi. */
  strimzi: boolean;
  /** Whether the disk of the lake stays when the release goes. */
  keeps: boolean;
}

const NEXT = 'next';
const MAY_LACK = 1;

const checkTexts = async (checks: Checks, name: string, objects: KubeObject[]): Promise<void> => {
  const validators = [
    { title: 'kubeconform', why: withoutValidator('kubeconform', '-v'), run: () => kubeconform(objects) },
    { title: 'kube-score', why: withoutValidator('kube-score', 'version'), run: () => kubeScore(objects) },
  ];
  for (const { title, why, run } of validators)
    if (why) checks.skip(`${name}: ${title}`, why);
    else await checks.check(`${name}: ${title} finds nothing`, run);
};

const install = async ({ namespace }: KubePlace, flags: string[]): Promise<string> => {
  const { err } = await helm('install', RELEASE, CHART, '--namespace', namespace, '--timeout', '5m', ...flags);
  const warnings = err.split('\n').filter((line) => /warning|violate/i.test(line));
  mustBe(warnings, [], 'warnings of the server');
  return 'no warning';
};

const uninstall = async (place: KubePlace, before: string[], keeps: boolean): Promise<string> => {
  await helm('uninstall', RELEASE, '--namespace', place.namespace, '--wait', '--timeout', '3m');
  const wanted = [...before, ...(keeps ? ['PersistentVolumeClaim/vigie-lake'] : [])].sort();
  const isGone = async (): Promise<boolean> => (await place.inventory()).every((one) => wanted.includes(one));
  await until('everything to be gone', isGone, 60_000, { everyMs: 1_000 }).catch(() => undefined);
  mustBe(await place.inventory(), wanted, 'what is left');
  return keeps ? 'nothing but the disk of the lake' : 'nothing is left';
};

const kafkaOf = ({ strimzi }: Installed, namespace: string): NetworkEnd =>
  strimzi
    ? { namespace, labels: { 'strimzi.io/cluster': RELEASE, 'strimzi.io/kind': 'Kafka' } }
    : { address: '10.1.2.3' };

/** Ends all services and lets them come back; asks for what an installation that runs cannot have. */
const stopAndRefuse = async (
  checks: Checks,
  { name, flags }: Installed,
  namespace: string,
  least: (service: string) => number,
): Promise<void> => {
  const at = ['--namespace', namespace];
  await checks.check(`${name}: what is stopped stays stopped, and comes back with the next release`, async () => {
    await helm('upgrade', RELEASE, CHART, ...at, '--reuse-values', '--set', 'stopped=true');
    const isGone = async (): Promise<boolean> =>
      (await liveWorkloads(namespace)).every(({ spec }) => spec.replicas === 0) &&
      (await livePods(namespace)).length === 0;
    await until('nobody to run', isGone, 120_000, { everyMs: 500 });
    await helm('upgrade', RELEASE, CHART, ...at, ...flags, '--set', `image.tag=${NEXT}`);
    await untilRolledOut(namespace, least);
  });
  await checks.check(`${name}: another number of partitions is refused`, async () => {
    const upgrade = helm('upgrade', RELEASE, CHART, ...at, ...flags, '--set', 'kafka.partitions=99');
    const told = await upgrade.then(() => 'taken', reasonOf);
    mustBe(/kafka\.partitions: this installation runs with/.test(told), true, told);
  });
};

const live = async (checks: Checks, installed: Installed, place: KubePlace): Promise<void> => {
  const { name, flags, replicas, zones } = installed;
  const { namespace } = place;
  const least = (service: string): number => (service === 'vigie-hunting' ? 1 : replicas);
  const at = ['--namespace', namespace];
  await checks.check(`${name}: every service has its replicas, under restricted pod security`, async () => {
    await untilRolledOut(namespace, least);
    return `${(await livePods(namespace)).length} pods`;
  });
  if (zones > 1)
    await checks.check(`${name}: replicas are spread over ${zones} zones`, async () => {
      const found = Object.entries(await zonesOf(namespace)).filter(([service]) => service !== 'hunting');
      mustBe(
        found.filter(([, seen]) => seen < zones),
        [],
        'services in fewer zones',
      );
    });
  await checks.check(`${name}: traffic is let through and kept out`, () =>
    judgeTraffic(namespace, kafkaOf(installed, namespace)),
  );
  if (replicas > 1)
    await checks.check(`${name}: a budget lets one pod be evicted and keeps the next`, () =>
      evictTwo(namespace, 'cases'),
    );
  await checks.check(`${name}: a rolling upgrade keeps the budget`, async () => {
    await untilRolledOut(namespace, least);
    const upgrade = helm('upgrade', RELEASE, CHART, ...at, ...flags, '--set', `image.tag=${NEXT}`).then(() =>
      untilRolledOut(namespace, least),
    );
    const looks = await withinBudget(namespace, MAY_LACK, upgrade);
    mustBe(await imagesOf(namespace), [`vigie:${NEXT}`], 'images after the upgrade');
    return `looked ${looks} times`;
  });
  await stopAndRefuse(checks, installed, namespace, least);
  await checks.check(`${name}: a rollback goes back, within the budget`, async () => {
    const rollback = helm('rollback', RELEASE, '1', ...at).then(() => untilRolledOut(namespace, least));
    await withinBudget(namespace, MAY_LACK, rollback);
    mustBe((await imagesOf(namespace)).includes(`vigie:${NEXT}`), false, 'the image of the upgrade');
  });
};

/** Installs the chart, upgrades it, takes it back and away. */
export const playInstallation = async (checks: Checks, undoing: Undoing, installed: Installed): Promise<void> => {
  const { name, flags, keeps } = installed;
  const objects = render(flags);
  await checkTexts(checks, name, objects);
  const place = await makePlace(name.replaceAll(' ', '-'));
  const leave = undoing.add(place.leave);
  const at = ['--namespace', place.namespace];
  try {
    const own = ['ConfigMap/kube-root-ca.crt', 'ServiceAccount/default'];
    await until('the namespace', async () => {
      const found = await place.inventory();
      return own.every((one) => found.includes(one));
    });
    const before = await place.inventory();
    await checks.check(`${name}: the server takes every object, field by field`, async () => {
      const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
      const strict = ['--dry-run=server', '--validate=strict', '--filename', '-'];
      const told = await kubectl(['apply', ...at, ...strict], text);
      return `${told.trim().split('\n').length} objects`;
    });
    if (await checks.check(`${name}: installs`, () => install(place, flags))) await live(checks, installed, place);
    await checks.check(`${name}: uninstalls`, () => uninstall(place, before, keeps));
  } finally {
    await leave();
  }
};
