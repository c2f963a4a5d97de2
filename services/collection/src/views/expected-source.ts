import type { TenantSourceRegistered, TenantSourceRemoved } from '#contracts';
import type { View } from '#libs/model';

export interface ExpectedSource {
  source: string;
  registeredAt: number;
}

/** Since when telemetry is expected from a source: the first time it was registered, since it was removed. */
export const expectedSource: View<ExpectedSource, TenantSourceRegistered | TenantSourceRemoved> = {
  name: 'expected-source',
  hears: ['tenant.source-registered', 'tenant.source-removed'],
  keys: ({ message }) => [message.type === 'tenant.source-removed' ? message.source : message.source.name],
  show: (doc, { message }) =>
    message.type === 'tenant.source-removed'
      ? undefined
      : { source: message.source.name, registeredAt: Math.min(message.at, doc?.registeredAt ?? message.at) },
};
