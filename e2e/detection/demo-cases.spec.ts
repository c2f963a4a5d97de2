import type { SourceKind } from '#contracts';
import { HOUR_MS, MINUTE_MS } from '#libs/terms';
import { stories } from '../../cli/src/index.js';
import { builtInRules } from '../../services/detection/src/rules/active-import.js';
import { compileRules } from '../../services/detection/src/rules/compile-rules.js';
import type { CompiledRules } from '../../services/detection/src/rules/loaded-rules.js';
import { replay, type Native } from '../../tools/bench/src/truth/replay.js';

/** The demo's attacks last a quarter of an hour: at these minutes the windows of its rules end before, within or after. */
const MINUTES = [0, 4, 8, 12, 16, 30];

describe('the cases of the demo', () => {
  let rules: CompiledRules;
  beforeAll(async () => {
    rules = await compileRules(builtInRules('rules'), HOUR_MS);
  });

  it.each([
    ['northwind', 2],
    ['lumiere', 1],
    ['sakura', 2],
  ])('of %s are %i at any minute of the hour', async (tenant, cases) => {
    const story = stories.find((one) => one.tenant === tenant);
    const kinds = new Map(story?.plan.sources.map(({ name, kind }) => [name, kind as SourceKind]));
    const told = MINUTES.map(async (minute) => {
      const feeds = story?.feeds(Date.UTC(2026, 10, 22, 12) + minute * MINUTE_MS) ?? [];
      const lines = feeds.flatMap(({ source, events }) =>
        events.map((event): Native => ({ kind: kinds.get(source) ?? 'UNKNOWN', line: JSON.stringify(event) })),
      );
      return (await replay(tenant, lines, rules)).cases;
    });
    expect(await Promise.all(told)).toEqual(MINUTES.map(() => cases));
  });
});
