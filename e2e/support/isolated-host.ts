import { openRig, identifiedBy, type ConnectorRig } from '../../services/response/test/conformance/rig.js';
import { defender } from '../../services/response/src/connectors/defender/index.js';
import type { IdentifiedTarget } from '../../services/response/src/connectors/connector.js';
import { startDefenderStandin } from '../../tools/standins/src/index.js';

const target = { kind: 'HOST' as const, id: 'web01', entity: 'host:web01' };

/** Plays with a vendor's stand-in of its own, in virtual time, that knows one host. */
export const withHost = async <Result>(
  play: (world: ConnectorRig, who: IdentifiedTarget) => Promise<Result>,
): Promise<Result> => {
  const world = await openRig({ connector: defender, start: startDefenderStandin, target });
  try {
    return await play(world, await identifiedBy(world, target));
  } finally {
    await world.stop();
  }
};
