import { codec } from '../../libs/store/test/counter.js';
import { kept, meddling, STREAM, TENANT } from '../support/anchored-store.js';
import type { Attack } from './attack.js';

const EMPTY = Buffer.alloc(0);
const by = { subject: 'dora', side: 'PROVIDER' as const };

/** Whoever has the database blanks a fact, and makes an erasure that was asked for once speak of it. */
export const erasureForged: Attack = {
  name: 'erasure-forged',
  line: 7,
  control: (given) =>
    kept(given, async ({ store, anchors, isClean }) => {
      await store.facts(TENANT).erase({ by, reason: 'asked for', now: anchors.at(-1)?.at ?? 0, backups: [] });
      return isClean();
    }),
  attack: meddling(async ({ store, behind, anchors }) => {
    const now = anchors.at(-1)?.at ?? 0;
    await store.facts(TENANT).erase({ by, reason: 'asked for', now, streams: ['counter/atk-kept/short'], backups: [] });
    const said = {
      type: 'erasure.begun',
      tenantId: TENANT,
      subjects: [],
      streams: [],
      until: now,
      by,
      reason: 'asked for',
      backups: [],
      at: now,
      signature: 'e30.e30.e30',
    };
    await behind.commits.updateOne(
      { _id: `erasure/_operator/${TENANT}@1` },
      { $set: { 'facts.0.bytes': codec.encode(said) } },
    );
    await behind.commits.updateOne({ _id: `${STREAM}@5` }, { $set: { 'facts.0.bytes': EMPTY, 'facts.0.salt': EMPTY } });
  }),
  mutation: {
    file: 'libs/store/src/erasure.ts',
    find: 'if (!seal) return said;',
    replace: 'if (!seal || said.length > 0) return said;',
  },
};
