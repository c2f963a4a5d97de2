import { DAY_MS } from '#libs/terms';
import type { AnchoredDocument, MongoFilter, OpenDatabase, RetentionDocument } from './collections.js';
import { orderFrom } from './commits.js';
import { isDuplicate } from './errors.js';
import type { GoOn } from './anchored-heads.js';
import type { Seal } from './port-chain.js';
import type { TenantScope } from './scope.js';

/** Answers taken away at once. */
const PAGE = 500;

const statementOf = (service: string, tenant: TenantScope, answersUntil: string): object => ({
  service,
  tenant,
  answersUntil,
});

const answersOf = (tenant: TenantScope): { $gt: string; $lt: string } => ({
  $gt: `answer/${tenant}/`,
  $lt: `answer/${tenant}0`,
});

/** Says, signed, what is let go of before it goes: a missing answer is believed nowhere else. */
const say = async (
  { retention, patiently, service }: OpenDatabase,
  seal: Seal,
  tenant: TenantScope,
  answersUntil: string,
): Promise<void> => {
  const signature = await seal.sign('retention', statementOf(service, tenant, answersUntil));
  try {
    await patiently('saying which answers go', () =>
      retention.updateOne(
        { _id: tenant, answersUntil: { $lt: answersUntil } },
        { $set: { tenant, answersUntil, signature } },
        { upsert: true },
      ),
    );
  } catch (error) {
    // It was said before, by a pass that was cut short.
    if (!isDuplicate(error)) throw error;
  }
};

/**
 * Takes away answers that stand alone, that anchors saw before the day on which `keepMs` have gone by, and that were
 * sent. @returns how many.
 */
export const letGoOfAnswers = async (
  opened: OpenDatabase,
  seal: Seal,
  tenant: TenantScope,
  { now, keepMs }: { now: number; keepMs: number },
  going: GoOn,
): Promise<number> => {
  const { anchored, commits, patiently, retention } = opened;
  const before = Math.floor((now - keepMs) / DAY_MS) * DAY_MS;
  const until = orderFrom(before);
  if (before <= 0) return 0;
  const kept = await patiently('looking for old answers', () => retention.findOne({ _id: tenant }));
  const old: MongoFilter<AnchoredDocument> = {
    ...{ tenant, streamId: answersOf(tenant) },
    run: { $gte: kept?.done ?? '', $lt: until },
  };
  const projection = { _id: 1 as const };
  if (!(await patiently('looking for old answers', () => anchored.findOne(old, { projection })))) return 0;
  await say(opened, seal, tenant, until);
  let [page, gone]: [string[], number] = [[], 0];
  const flush = async (): Promise<void> => {
    const filter = {
      ...{ _id: { $in: page }, tenant, at: { $lt: before } },
      ...{ unpublished: { $exists: false as const }, heldBack: { $exists: false as const } },
    };
    gone += (await patiently('taking old answers away', () => commits.deleteMany(filter))).deletedCount;
    page = [];
  };
  for await (const { _id } of anchored.find(old, { projection, batchSize: PAGE }).sort({ tenant: 1, run: 1 })) {
    if (page.push(_id) < PAGE) continue;
    if (!(await going())) return gone;
    await flush();
  }
  await flush();
  await patiently('noting which answers went', () => retention.updateOne({ _id: tenant }, { $set: { done: until } }));
  return gone;
};

/** Which answers are gone, by the signed word of the service. */
export interface AnswersGone {
  /** Of an anchored end, whether its answer may be gone. */
  is(head: Pick<AnchoredDocument, 'streamId' | 'run'>): boolean;
  /** What is said and not signed. */
  problem: string | undefined;
}

export const answersGone = async (opened: OpenDatabase, tenant: TenantScope): Promise<AnswersGone> => {
  const { retention, patiently, seal, service } = opened;
  const said: RetentionDocument | null = await patiently('reading which answers went', () =>
    retention.findOne({ _id: tenant }),
  );
  if (!said || !seal) return { is: () => false, problem: undefined };
  const signed = await seal.open('retention', service, String(said.signature));
  if (JSON.stringify(signed) !== JSON.stringify(statementOf(service, tenant, said.answersUntil)))
    return { is: () => false, problem: `what is said of answers that went does not bear the signature of ${service}` };
  const { $gt, $lt } = answersOf(tenant);
  return {
    is: ({ streamId, run }) => streamId > $gt && streamId < $lt && run < said.answersUntil,
    problem: undefined,
  };
};
