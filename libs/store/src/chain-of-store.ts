import { Fault } from '#libs/model';
import { tenantsOf } from './census.js';
import { verifyAll } from './check.js';
import { anchorsKept } from './check-anchors.js';
import type { OpenDatabase } from './collections.js';
import { compareWithCarried } from './compare.js';
import { orFault } from './errors.js';
import { makeAnchors } from './make-anchors.js';
import type { FactCodec, Execute } from './port.js';
import type { ChainOfStore, Seal } from './port-chain.js';
import { scopeOf } from './scope.js';

/** See Store.chain. */
export const chainOf = (opened: OpenDatabase, codec: FactCodec, execute: Execute): ChainOfStore => {
  const seal = (): Seal => {
    if (!opened.seal) throw new Fault('store: without a seal there are no anchors');
    return opened.seal;
  };
  return {
    tenants: () => tenantsOf(opened),
    makeAnchors: (now, stopping) => makeAnchors({ opened, codec, execute, seal: seal() }, now, stopping),
    anchors: (tenant) => anchorsKept(opened, codec, scopeOf(tenant), seal()),
    verify: (tenant, query) => orFault('checking the chain', verifyAll(opened, codec, scopeOf(tenant), query)),
    compare: (tenant, carried) =>
      orFault('comparing with Kafka', compareWithCarried(opened, codec, scopeOf(tenant), carried)),
  };
};
