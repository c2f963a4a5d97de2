import { mkdirSync, rmSync } from 'node:fs';
import { ensureTopics, ingestTopicSpec } from '#libs/events';
import { SERVICES, type ServiceName } from '#libs/terms';
import { addPartner, adminBroker, onboard, setStage, up } from '../../../../cli/src/index.js';
import { SOURCE, tenantPlan } from '../load/telemetry.js';
import type { ReplicaName } from '../plan/kinds.js';
import { openDisks } from './disks.js';
import { openFleet } from './fleet.js';
import type { DisturbedPlace } from './place.js';

export interface PlaceOptions {
  dir: string;
  replicas: readonly ReplicaName[];
  partitions: number;
  tenants: readonly string[];
  /** Whether disks are to be small enough to be filled. */
  smallDisks: boolean;
  say(line: string): void;
}

/** Every service, those that are named as often as is said. In the order in which they are started. */
export const replicasOf = (count: number, replicated: readonly ServiceName[]): ReplicaName[] =>
  SERVICES.flatMap((service) =>
    Array.from({ length: replicated.includes(service) ? count : 1 }, (_, index) => ({ service, replica: index + 1 })),
  );

const takeOn = async (
  { up: running, broker }: DisturbedPlace,
  tenants: readonly string[],
  partitions: number,
): Promise<void> => {
  const { admin } = await setStage(running, () => undefined);
  for (const tenant of tenants) {
    await ensureTopics(broker, [ingestTopicSpec(tenant, SOURCE, { partitions })]);
    await addPartner(running.stack, tenant, SOURCE);
    // Said again it changes nothing; people on a busy machine would say it again too.
    const isOn = async (): Promise<boolean> => {
      await onboard(admin, tenant, tenantPlan(tenant), running.installation);
      return true;
    };
    await isOn().catch(isOn).catch(isOn);
  }
};

/** Brings up broker, store, stand-ins and every replica, and takes the tenants on. End it with `leave`. */
export const openPlace = async (options: PlaceOptions): Promise<DisturbedPlace & { leave(): Promise<void> }> => {
  const { dir, replicas, partitions, tenants, smallDisks, say } = options;
  const disks = openDisks(dir);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (smallDisks) disks.mount();
  const running = await up({ dir, wipe: false, detached: false, services: [], partitions, say }).catch(
    (error: unknown) => {
      disks.leave();
      throw error;
    },
  );
  const fleet = await openFleet(running, replicas, say);
  const broker = adminBroker(running.stack);
  const leave = async (): Promise<void> => {
    await fleet.stop();
    await broker.close();
    await running.stop();
    disks.leave();
  };
  const place: DisturbedPlace = { up: running, fleet, broker, tenants, disks, say };
  try {
    say(`${replicas.length} processes: ${replicas.map(({ service, replica }) => `${service}-${replica}`).join(', ')}`);
    await Promise.all(replicas.map((name) => fleet.start(name)));
    say(`tenants: ${tenants.join(', ')}`);
    await takeOn(place, tenants, partitions);
  } catch (error) {
    await leave();
    throw error;
  }
  return { ...place, leave };
};
