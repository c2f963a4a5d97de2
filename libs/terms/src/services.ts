/** Every service of an installation, in the order they are started: consumers first. */
export const SERVICES = [
  'reporting',
  'hunting',
  'oncall',
  'response',
  'cases',
  'detection',
  'enrichment',
  'collection',
  'tenants',
  'gateway',
] as const;
export type ServiceName = (typeof SERVICES)[number];
