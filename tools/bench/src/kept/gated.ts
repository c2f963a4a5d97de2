import type { Batch } from '#libs/events';
import type { OpenPipe, ServiceDefinition } from '#libs/service';
import { detection } from '../../../../services/detection/src/detection.module.js';

/** What detection has done of a tenant's records, each counted when it is settled. */
export interface GatedDetection {
  definition: ServiceDefinition;
  /** From now on telemetry is worked on. */
  open(): void;
  done: Record<'detect' | 'keep', number>;
}

type Ports = Parameters<NonNullable<typeof detection.pipes>[number]['open']>[0];

const KEEP = 'keep';
const of = (tenant: string, { records }: Batch): number =>
  records.reduce((count, { headers }) => count + (headers.ce_tenant === tenant ? 1 : 0), 0);

/** The service as it is, or without the pipe that keeps, holding its telemetry until it is told to go on. */
export const gatedDetection = (tenant: string, keeps: boolean): GatedDetection => {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const done = { detect: 0, keep: 0 };
  const watched = (name: keyof typeof done, pipe: OpenPipe): OpenPipe => ({
    ...pipe,
    handle: async (batch, out) => {
      if (name === 'detect') await gate;
      await pipe.handle(batch, out);
      done[name] += of(tenant, batch);
    },
  });
  const pipes = (detection.pipes ?? [])
    .filter(({ name }) => keeps || name !== KEEP)
    .map((pipe) =>
      pipe.name === 'detect' || pipe.name === KEEP
        ? { ...pipe, open: (ports: Ports) => watched(pipe.name as keyof typeof done, pipe.open(ports)) }
        : pipe,
    );
  return { definition: { ...detection, pipes }, open, done };
};
