import type { CaseAddNote, CaseNoteAdded } from '#contracts';
import { idOf, type Decider } from '#libs/model';
import type { Attack, AttackGround } from './attack.js';

/** A decider of this attack's own over the streams of its own tenants. */
const notes: Decider<null, CaseAddNote, CaseNoteAdded> = {
  subject: 'case',
  version: 99_013,
  key: ({ caseId }) => caseId,
  initial: () => null,
  evolve: () => null,
  decide: ({ caseId, text }, _state, { requestId, actor: by, now: at }) => [
    { type: 'case.note-added', caseId, noteId: idOf(requestId), text, by, at },
  ],
};
const PATIENCE_MS = 15_000;

/**
 * Commits a note with headers of so many characters at one tenant, then a small one at another.
 * @returns whether that is heard, and nothing left to send.
 */
const isHeard = async (given: AttackGround, headers: number): Promise<boolean> => {
  const world = await given.world('response');
  const runtime = world.services['response']?.runtime;
  if (!runtime) return false;
  const { store, relay } = runtime;
  const [large, small] = [`atk-relay-${headers}`, `atk-beside-${headers}`];
  const ask = (tenant: string, text: string) => ({
    tenant,
    requestId: idOf('atk-relay', tenant),
    request: { type: 'case.add-note', caseId: tenant, text } as CaseAddNote,
    actor: { subject: 'ada', side: 'PROVIDER' as const },
    roles: ['ANALYST'],
    now: world.clock.now(),
    correlationId: tenant === large ? 'c'.repeat(Math.max(1, headers)) : 'c',
  });
  await store.execute(notes, [ask(large, 'x'.repeat(3_400_000))]);
  await store.execute(notes, [ask(small, 'small')]);
  const heard = await world
    .until('the small note', () => world.heard('case.note-added', small).length > 0, PATIENCE_MS)
    .then(
      () => true,
      () => false,
    );
  // A relay that cannot drain sends everybody's facts again and again, until its process ends.
  const drained = await relay?.drain().then(
    () => true,
    () => false,
  );
  return heard && drained === true;
};

/** A stored fact that, with its headers, no topic takes. */
export const recordTooLargeForTheRelay: Attack = {
  name: 'record-too-large-for-the-relay',
  line: 13,
  control: (given) => isHeard(given, 1),
  attack: async (given) => ((await isHeard(given, 1_000_000)) ? 'refused' : 'succeeded'),
  mutation: {
    file: 'libs/service/src/start-runtime.ts',
    find: ', refuses: refusalOf, blames: blamesRecord }',
    replace: ' }',
  },
};
