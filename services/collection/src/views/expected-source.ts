import type { TenantSourceRegistered } from '#contracts';
import type { View } from '#libs/model';

export interface ExpectedSource {
  source: string;
  registeredAt: number;
}

/** Since when telemetry is expected from a source: the first time it was registered. */
export const expectedSource: View<ExpectedSource, TenantSourceRegistered> = {
  name: 'expected-source',
  hears: ['tenant.source-registered'],
  keys: ({ message: { source } }) => [source.name],
  show: (doc, { message: { source, at } }) => ({
    source: source.name,
    registeredAt: Math.min(at, doc?.registeredAt ?? at),
  }),
};
