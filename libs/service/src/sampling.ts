/** OTEL_TRACES_SAMPLER. */
export const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
export type SamplerName = (typeof SAMPLERS)[number];

/** Whether a span is recorded, from its trace's id and, where there is one, from what was decided of its parent. */
export type Sampler = (traceId: string, parentSampled?: boolean) => boolean;

const DIGITS = 8;
const FULL = 16 ** DIGITS;

/** The same trace gets the same answer everywhere, whoever asks. */
export const samplerOf = (name: SamplerName, ratio: number): Sampler => {
  const roots: Sampler = name.endsWith('always_on')
    ? () => true
    : name.endsWith('always_off')
      ? () => false
      : (traceId) => Number.parseInt(traceId.slice(-DIGITS), 16) < ratio * FULL;
  return name.startsWith('parentbased') ? (traceId, parent) => parent ?? roots(traceId) : (traceId) => roots(traceId);
};
