import { catalogue } from '#contracts';
import { topicsOf } from '#libs/events';
import { asyncapiDocument } from './asyncapi-document.js';

type AnyNode = Record<string, unknown>;
const document = asyncapiDocument('1.2.3');
const at = (path: string): unknown =>
  path
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((within, part) => (within as AnyNode | undefined)?.[part], document);
const refsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => (name === '$ref' ? [String(one)] : refsIn(one)));
};

describe('the AsyncAPI document', () => {
  it('names every topic of the contracts, every type once, in the version that is written', () => {
    const { channels, components } = document as unknown as {
      channels: Record<string, { address: string; messages: AnyNode }>;
      components: { messages: Record<string, { 'x-schema-id'?: number; title?: string }> };
    };
    expect(Object.keys(channels).sort()).toEqual(['ingest', 'receipts', ...topicsOf()].sort());
    const types = [...new Set(catalogue.map(({ type }) => type))].sort();
    expect(Object.keys(components.messages).sort()).toEqual(['raw', 'receipt', ...types].sort());
    expect(
      Object.values(channels)
        .flatMap(({ messages }) => Object.keys(messages))
        .sort(),
    ).toEqual(['raw', 'receipt', ...types].sort());
    const opened = catalogue.filter(({ type }) => type === 'case.opened');
    const newest = Math.max(...opened.map(({ version }) => version));
    expect(components.messages['case.opened']).toMatchObject({ title: `case.opened v${newest}` });
    expect(opened.filter(({ version }) => version === newest).map(({ id }) => id)).toContain(
      components.messages['case.opened']?.['x-schema-id'],
    );
  });

  it('points at nothing that is not there', () => {
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(200);
    expect(refs.filter((one) => at(one) === undefined)).toEqual([]);
  });

  it('says what each service does: cases hear findings, collection appends for partners', () => {
    const { operations } = document as { operations: Record<string, { action: string }> };
    expect(operations['cases.receive.vigie.finding.events']).toMatchObject({ action: 'receive' });
    expect(operations['collection.send.ingest']).toMatchObject({ action: 'send' });
    expect(operations['collection.receive.ingest']).toMatchObject({ action: 'receive' });
    expect(operations['hunting.send.vigie.case.events']).toBeUndefined();
  });
});
