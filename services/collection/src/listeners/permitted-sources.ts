/** Which source a request writes: what it names, if its token may; else the only one that the token permits. */
import { Refusal } from './refusal.js';
import type { IngestPermit } from './tokens.js';

interface PermittedSources {
  /** Registered, and permitted. */
  allowed: string[];
  /** Where nothing has to be said. */
  only: string | undefined;
}

const permittedOf = (permit: IngestPermit, registered: string[]): PermittedSources => {
  const allowed = (permit.sources.length === 0 ? registered : permit.sources).filter((one) => registered.includes(one));
  return { allowed, only: permit.sources.length <= 1 && allowed.length === 1 ? allowed[0] : undefined };
};

const notPermitted = (source: string): Refusal =>
  new Refusal(403, 'SOURCE_NOT_PERMITTED', `The token does not permit the source ${source}, or it is not registered.`);

/** @throws Refusal 400 or 403. @param registered names of the tenant's sources. */
export const permittedSource = (
  permit: IngestPermit,
  { isHec, source: named }: { isHec: boolean; source: string | undefined },
  registered: string[] = [],
): string => {
  const { allowed, only } = permittedOf(permit, registered);
  // What Splunk calls the source of an event is no source of ours.
  const wanted = isHec && only !== undefined ? only : named;
  const source = wanted ?? (permit.sources.length === 1 ? permit.sources[0] : only);
  if (source === undefined)
    throw new Refusal(400, 'NAME_A_SOURCE', 'The token permits several sources: name one with ?source=.');
  if (!allowed.includes(source)) throw notPermitted(source);
  return source;
};

const WITH_DATE = /^(.+?)-(?:\d{4}(?:[.-]\d\d){0,2}|\d{6})$/;
const DATA_STREAM = /^(?:\.ds-)?[a-z]+-([^-]+)-[^-]+$/;

/** What a source may be called whose events go to an index: as it, without its date, or a data stream's dataset. */
const namesIn = (index: string): string[] => {
  const [, undated] = WITH_DATE.exec(index) ?? [];
  const [, dataset] = DATA_STREAM.exec(index) ?? [];
  return [index, undated, dataset].filter((name) => name !== undefined);
};

/**
 * Who is meant by an index of Elasticsearch: the source that the request names, else the one that the index or data
 * stream is called after, else the token's only one; it throws Refusal 403 where that leaves none.
 */
export const sourcesByIndex = (
  permit: IngestPermit,
  named: string | undefined,
  registered: string[] = [],
): ((index: string | undefined) => string) => {
  const { allowed, only } = permittedOf(permit, registered);
  const known = new Map<string, string>();
  const find = (index: string): string => {
    const source = named ?? namesIn(index).find((name) => allowed.includes(name)) ?? only;
    if (source === undefined)
      throw new Refusal(
        403,
        'NAME_A_SOURCE',
        `No source that the token permits is called as the index ${index.slice(0, 255)}: name one by the index, the data stream's dataset, or the header X-Vigie-Source. Nothing of this request was accepted.`,
      );
    if (!allowed.includes(source)) throw notPermitted(source);
    known.set(index, source);
    return source;
  };
  return (index = '') => known.get(index) ?? find(index);
};
