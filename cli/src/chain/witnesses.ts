import type { AnchorMade } from '#contracts';
import { decode, type Broker } from '#libs/events';
import { Refused, Unreadable } from '#libs/model';
import { isScope } from '#libs/terms';
import { linesOf } from '../files/lines.js';
import { readAnchors } from './facts-on-kafka.js';
import { KEEPERS } from './stores.js';

/** An anchor that somebody else kept. */
export interface AnchorWitness {
  service: string;
  tenant: string;
  from: string;
  signature: string;
}

/** The anchors on Kafka, of whoever the envelope says; the signature decides. */
export const fromKafka = async (broker: Broker): Promise<AnchorWitness[]> =>
  (await readAnchors(broker)).flatMap(({ envelope: { source: service, tenant }, bytes }): AnchorWitness[] => {
    try {
      return [{ service, tenant, from: 'Kafka', signature: (decode(bytes) as AnchorMade).signature }];
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return [{ service, tenant, from: 'Kafka', signature: '' }];
    }
  });

const anchorOf = (line: string): Partial<AnchorWitness> => {
  try {
    return JSON.parse(line) as Partial<AnchorWitness>;
  } catch {
    return {};
  }
};

/** Anchors as `vigie chain anchors` wrote them, a line each. @throws Refused naming the line that is none. */
export const fromFile = async (path: string, name: string): Promise<AnchorWitness[]> => {
  const found: AnchorWitness[] = [];
  let number = 0;
  for await (const line of linesOf(path)) {
    number += 1;
    const { service, tenant, signature } = anchorOf(line);
    const known =
      typeof service === 'string' &&
      KEEPERS.includes(service) &&
      typeof tenant === 'string' &&
      isScope(tenant) &&
      typeof signature === 'string';
    if (!known)
      throw new Refused(`line ${number} of ${name} is no anchor of a service of this installation`, 'BAD_ANCHOR');
    found.push({ service, tenant, from: name, signature });
  }
  return found;
};
