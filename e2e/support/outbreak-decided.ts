import type { ActionRequest, AllowanceFact, AllowanceTake, TenantState } from '#contracts';
import type { Decider, Typed } from '#libs/model';
import { STANDARD_GUARDS } from '#libs/terms';
import { hearing, testContext } from '#libs/testing';
import { actionStream } from '../../services/response/src/domain/action/decider.js';
import { allowanceStream } from '../../services/response/src/domain/allowance/decider.js';
import { takeAllowance, tellAllowance } from '../../services/response/src/reactions/allowance.js';
import { at } from '../../services/response/test/samples/action.js';
import { proposal, settingsWith, SYSTEM } from './action-history.js';

/** Streams of one tenant, each under the key that its decider gives. */
const streams = <State, Request extends Typed, Fact extends Typed>(
  decider: Decider<State, Request, Fact, TenantState>,
  settings: TenantState,
) => {
  const kept = new Map<string, Fact[]>();
  return (request: Request, now: number): Fact[] => {
    const key = decider.key(request, settings.tenantId);
    const past = kept.get(key) ?? [];
    const context = { ...testContext, tenant: settings.tenantId, actor: SYSTEM, now, settings };
    const said = decider.decide(request, past.reduce(decider.evolve, decider.initial()), context);
    kept.set(key, [...past, ...said]);
    return said;
  };
};

/** Hosts of a tenant that are to be cut off, decided on as the service does, without the service. */
export interface DecidedOutbreak {
  /** Found at a host in a case of its own. @param vendorId who it is at the vendor; else what the host is called. */
  propose(host: string, now: number, vendorId?: string): void;
  /** What waits to be counted is, one after the other. */
  count(now: number): void;
  /** What was counted is told to the actions; whoever is asked for again is found again. */
  tell(now: number): void;
  /** All of it at one moment. */
  cut(host: string, now: number, vendorId?: string): void;
  /** What was cut off is given back. */
  release(now: number): void;
  /** Hosts that were ever cut off. */
  hosts(): number;
  /** The most that were cut off in any so long time. */
  most(ms: number): number;
}

interface CutHost {
  host: string;
  actionId: string;
  at: number;
}

const mostIn = (cut: readonly CutHost[], ms: number): number =>
  Math.max(
    0,
    ...cut.map(
      (end) => new Set(cut.filter((one) => one.at <= end.at && one.at > end.at - ms).map((one) => one.host)).size,
    ),
  );

/** Actions of a tenant; the vendor says at once who the target of each is. */
const deciding = (settings: TenantState) => {
  const decided = streams(actionStream, settings);
  const vendorIds = new Map<string, string>();
  const waiting: AllowanceTake[] = [];
  const cut: CutHost[] = [];
  const ask = (request: ActionRequest, now: number): void => {
    for (const fact of decided(request, now)) {
      if (fact.type === 'action.allowance-requested')
        waiting.push(
          ...hearing(takeAllowance)
            .of(fact)
            .asked.map((one) => one.request),
        );
      if (fact.type === 'action.started' && !fact.inverting)
        cut.push({ host: fact.vendorId, actionId: fact.actionId, at: now });
      if (fact.type === 'action.identity-requested') identify(fact, now);
    }
  };
  const identify = ({ actionId, asking }: { actionId: string; asking: number }, now: number): void => {
    const vendorId = vendorIds.get(actionId) ?? '';
    const found = { outcome: 'FOUND', vendor: 'defender', vendorId, name: vendorId } as const;
    ask({ type: 'action.record-identity', actionId, asking, ...found, names: [vendorId], detail: '', at: now }, now);
  };
  return { ask, vendorIds, waiting, cut };
};

/** Of a customer who lets two hosts be cut off in an hour without a person, and so six in a day. */
export const outbreakAt = (): DecidedOutbreak => {
  const guards = { ...STANDARD_GUARDS, hostsPerHour: 2, hostsPercent: 0 };
  const settings = settingsWith('AUTHORIZE', { guards });
  const { ask, vendorIds, waiting, cut } = deciding(settings);
  const allowance = streams(allowanceStream, settings);
  const counted: AllowanceFact[] = [];
  const outbreak: DecidedOutbreak = {
    propose: (host, now, vendorId = host) => {
      const [actionId, caseId] = [`a${vendorIds.size}`, `c${vendorIds.size}`];
      vendorIds.set(actionId, vendorId);
      ask(proposal('isolate-host', host, { actionId, caseId, detectedAt: now }), now);
    },
    count: (now) => {
      counted.push(...waiting.splice(0).flatMap((take) => allowance(take, now)));
    },
    tell: (now) => {
      for (const fact of counted.splice(0))
        for (const { request } of hearing(tellAllowance).of(fact).asked) ask(request, now);
    },
    cut: (host, now, vendorId) => {
      outbreak.propose(host, now, vendorId);
      outbreak.count(now);
      outbreak.tell(now);
    },
    release: (now) => {
      for (const { actionId } of cut) {
        const done = { outcome: 'SUCCEEDED', detail: '', vendorRef: actionId, alreadyInForce: false } as const;
        ask({ type: 'action.record-result', actionId, ...done }, now);
        ask({ type: 'action.revert', actionId, reason: 'all is well' }, now);
      }
    },
    hosts: () => new Set(cut.map(({ host }) => host)).size,
    most: (ms) => mostIn(cut, ms),
  };
  return outbreak;
};

/** Minutes after the outbreak began. */
export const minute = (after: number): number => at + after * 60_000;
