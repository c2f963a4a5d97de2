import { deadLetterOf, type LetterDetails } from '#libs/events';
import { boundedLetters } from '#libs/service';
import type { Attack } from './attack.js';

const NOW = Date.UTC(2026, 10, 2);

interface WrittenLetters {
  key: string | null;
  tenant: string;
  count: number;
}

const lose = async (counts: Record<string, number>): Promise<WrittenLetters[]> => {
  const written: WrittenLetters[] = [];
  const letters = boundedLetters(
    {
      set: async (record, code, sentence, about: LetterDetails = {}) => {
        const { key, headers } = deadLetterOf('collection', record, code, sentence, about);
        written.push({ key, tenant: headers['dead_tenant'] ?? '', count: about.count ?? 1 });
      },
    },
    { now: () => NOW },
  );
  for (const [tenant, count] of Object.entries(counts)) {
    for (let at = 0; at < count; at += 1) {
      await letters.set(
        {
          topic: `ingest.${tenant}.edr`,
          partition: 0,
          offset: String(at),
          timestamp: NOW,
          key: null,
          value: Buffer.from('x'),
          headers: {},
        },
        'NOT_JSON',
        'no.',
      );
    }
  }
  await letters.tell(true);
  return written;
};

const lostOf = (written: WrittenLetters[], tenant: string): number =>
  written.filter((one) => one.tenant === tenant).reduce((sum, { count }) => sum + count, 0);

/** One tenant loses so much that nobody finds the letters of another. */
export const lettersOfOneTenantDrownOthers: Attack = {
  name: 'letters-of-one-tenant-drown-others',
  line: 10,
  control: async () => {
    const written = await lose({ 'atk-one': 20, 'atk-two': 20 });
    return written.length === 40 && written.every(({ count }) => count === 1);
  },
  attack: async () => {
    const written = await lose({ 'atk-one': 50_000, 'atk-two': 20 });
    const apart =
      new Set(written.map(({ tenant, key }) => `${tenant} ${key}`)).size ===
      new Set(written.map(({ key }) => key)).size;
    const told = lostOf(written, 'atk-one') === 50_000 && lostOf(written, 'atk-two') === 20;
    return apart && told && written.length < 2_000 ? 'refused' : 'succeeded';
  },
  mutation: {
    file: 'libs/service/src/bounded-letters.ts',
    find: 'const fits = minute.letters < most.letters && minute.bytes + record.value.length <= most.bytes;',
    replace: 'const fits = true;',
  },
};
