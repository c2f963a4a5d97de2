import { emptyFigures, emptyState, type CorrelationClock, type CountedGroup, type State } from './state.js';

/** Another version's bytes are not read. */
const VERSION = 1;

type KeptClock = Omit<CorrelationClock, 'watermark' | 'streams' | 'held' | 'groups'> & {
  /** null: nothing was decided yet. */
  watermark: number | null;
  /** null: to the end of time. */
  streams: [string, { upTo: number | null; heardAt: number }][];
  held: string[];
  groups: [string, Omit<CountedGroup, 'silentUntil'> & { silentUntil: number | null }][];
};

const keptClock = (clock: CorrelationClock): KeptClock => ({
  ...clock,
  watermark: Number.isFinite(clock.watermark) ? clock.watermark : null,
  streams: [...clock.streams],
  held: [...clock.held],
  groups: [...clock.groups],
});

const readClock = (kept: KeptClock): CorrelationClock => ({
  ...kept,
  watermark: kept.watermark ?? -Infinity,
  streams: new Map(kept.streams.map(([name, { upTo, heardAt }]) => [name, { upTo: upTo ?? Infinity, heardAt }])),
  held: new Set(kept.held),
  groups: new Map(kept.groups.map(([key, group]) => [key, { ...group, silentUntil: group.silentUntil ?? -Infinity }])),
});

/** All that has to be known to go on elsewhere, as JSON in UTF-8. */
export const toBytes = (state: State): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ version: VERSION, clocks: [...state.clocks.values()].map(keptClock) }));

/** The state that was kept; an empty one when another version of this library wrote it. Figures begin anew. */
export const fromBytes = (bytes: Uint8Array): State => {
  const { version, clocks } = JSON.parse(new TextDecoder().decode(bytes)) as { version: number; clocks: KeptClock[] };
  if (version !== VERSION) return emptyState();
  const read = clocks.map(readClock);
  return {
    clocks: new Map(read.map((clock) => [`${clock.scope}\0${clock.correlationId}`, clock])),
    weight: read.reduce((sum, { weight }) => sum + weight, 0),
    figures: emptyFigures(),
  };
};
