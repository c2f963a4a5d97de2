import { Fault } from '#libs/model';
import { mustBeOk, type GraphqlClient } from './graphql-client.js';
import { spokenWith, type InstallationSession } from './session.js';
import { untilShown } from './until-shown.js';

export interface MadeReport {
  id: string;
  verdict: string;
  colour: string;
  figures: string;
  figuresHash: string;
  pdfUrl: string;
}

const MAKE = `mutation($tenantId: ID!, $kind: ReportKind!, $from: DateTime!, $to: DateTime!, $language: Language, $send: Boolean, $mutationId: String) {
  makeReport(tenantId: $tenantId, kind: $kind, from: $from, to: $to, language: $language, send: $send, mutationId: $mutationId) OUTCOME }`;
const LOOK =
  'query($tenants: [ID!]) { reports(tenants: $tenants, first: 100) { edges { node { id verdict colour figures figuresHash pdfUrl from to kind } } } }';

interface ReportList {
  reports: { edges: { node: MadeReport & { from: string; to: string; kind: string } }[] };
}

/** Asks for a report and waits until it is made. */
export const makeReport = async (
  client: GraphqlClient,
  input: {
    tenantId: string;
    kind: string;
    from: string;
    to: string;
    language?: string;
    send?: boolean;
    mutationId?: string;
  },
): Promise<MadeReport> => {
  mustBeOk(await client.change(MAKE, input), 'the report');
  return untilShown(`the report of ${input.tenantId}`, async () => {
    const { reports } = await client.ask<ReportList>(LOOK, { tenants: [input.tenantId] });
    return reports.edges
      .map(({ node }) => node)
      .find(
        ({ from, to, kind }) =>
          kind === input.kind && Date.parse(from) === Date.parse(input.from) && Date.parse(to) <= Date.parse(input.to),
      );
  });
};

/** @returns the PDF's bytes. */
export const downloadReport = async (
  { installation }: Pick<InstallationSession, 'installation'>,
  pdfUrl: string,
): Promise<Buffer> => {
  const token = await spokenWith(installation);
  const response = await fetch(new URL(pdfUrl, installation.urls.gateway), {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Fault(`${pdfUrl} answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
};
