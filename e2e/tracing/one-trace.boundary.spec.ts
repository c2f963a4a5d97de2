import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ensureTopics, ingestTopicSpec } from '#libs/events';
import { OPERATOR } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { freePorts } from '#stack';
import { newKeyPair, signToken, tokenIssuers, type SigningKeyPair } from '../../cli/src/index.js';
import { cases } from '../../services/cases/src/cases.module.js';
import { collection } from '../../services/collection/src/collection.module.js';
import { tenantState } from '../../services/collection/test/tenant-state.js';
import { detection } from '../../services/detection/src/detection.module.js';
import { enrichment } from '../../services/enrichment/src/enrichment.module.js';
import { gateway } from '../../services/gateway/src/gateway.module.js';
import { granting } from '../../services/gateway/test/samples/index.js';
import { reporting } from '../../services/reporting/src/reporting.module.js';

/** An event as a partner's tool sends it is followed to the case, the portal and the report that it ends in. */

interface SeenSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue: string } }[];
}
interface OtlpBody {
  resourceSpans: {
    resource: { attributes: SeenSpan['attributes'] };
    scopeSpans: { spans: Omit<SeenSpan, 'service'>[] }[];
  }[];
}
const MARK = 'mkq9trace';
const THEIRS = '0af7651916cd43dd8448eb211c80319c';
const line = JSON.stringify({
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  EventID: 1,
  Computer: 'DC1.example.test',
  UtcTime: new Date().toISOString(),
  Image: 'C:\\Windows\\System32\\rundll32.exe',
  CommandLine: `rundll32.exe C:\\windows\\System32\\comsvcs.dll, MiniDump 624 C:\\temp\\${MARK}.dmp full`,
});

/** Spans whose parent is not among them. */
const lacking = (spans: SeenSpan[]): SeenSpan[] => {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  return spans.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId));
};

describe('a trace', () => {
  let world: World;
  let collector: Server;
  let key: SigningKeyPair;
  let port: number;
  let gatewayPort: number;
  const spans: SeenSpan[] = [];
  const bodies: string[] = [];
  const take = (text: string): void => {
    bodies.push(text);
    for (const { resource, scopeSpans } of (JSON.parse(text) as OtlpBody).resourceSpans) {
      const service = resource.attributes.find((one) => one.key === 'service.name')?.value.stringValue ?? '';
      spans.push(...scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, service }))));
    }
  };
  const traceWith = (name: string): SeenSpan[] => {
    const ids = new Set(spans.filter((span) => span.name === name).map(({ traceId }) => traceId));
    return spans.filter(({ traceId }) => ids.has(traceId));
  };
  beforeAll(async () => {
    collector = createServer((request, response) => {
      let text = '';
      request
        .on('data', (chunk: Buffer) => (text += chunk.toString()))
        .on('end', () => {
          if (request.url === '/v1/traces') take(text);
          response.end('{}');
        });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    key = await newKeyPair('dev');
    [port = 0, gatewayPort = 0] = await freePorts(2);
    const tokens = { LISTEN_HOST: '127.0.0.1', TOKEN_ISSUERS: tokenIssuers(key.public) };
    const environment = Object.fromEntries(
      ['collection', 'enrichment', 'detection', 'cases', 'reporting', 'gateway'].map((name) => [
        name,
        { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test' },
      ]),
    );
    world = await startWorld([collection, enrichment, detection, cases, reporting, gateway], {
      clock: 'real',
      environment: {
        ...environment,
        collection: { ...environment.collection, ...tokens, HTTP_PORT: String(port) },
        gateway: { ...environment.gateway, ...tokens, HTTP_PORT: String(gatewayPort), OPERATOR_ADMINS: 'root' },
      },
    });
    await world.say('acme', tenantState('acme', ['edr', 'WINDOWS']));
    await ensureTopics(world.broker, [ingestTopicSpec('acme', 'edr')]);
  }, 400_000);
  afterAll(async () => {
    await world?.stop();
    collector?.close();
  });

  it('goes from the listener through every stage to the portal and the report', async () => {
    const token = await signToken(key.secret, { kind: 'partner', subject: 'tool', tenant: 'acme', sources: ['edr'] });
    const send = (): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/v1/ingest/edr`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, traceparent: `00-${THEIRS}-b7ad6b7169203331-01` },
        body: line,
      });
    await world.until('the events to be taken', async () => (await send()).status === 202);
    await world.until('spans of the report', () => traceWith('show case-journal').length > 0, 200_000);
    // Each service sends its spans when it pleases: the trace is whole once all have spoken and no parent is lacking.
    const parts = ['cases', 'collection', 'detection', 'enrichment', 'gateway', 'reporting'];
    const trace = await world.until('a whole trace', () => {
      const seen = traceWith('show case-journal');
      const services = new Set(seen.map(({ service }) => service));
      const isWhole = lacking(seen).length === 0 && seen.some(({ name }) => name === 'show cases');
      return isWhole && parts.every((name) => services.has(name)) && seen;
    });
    expect(new Set(trace.map(({ traceId }) => traceId)).size).toBe(1);
    expect(trace[0]?.traceId).not.toBe(THEIRS);
    expect([...new Set(trace.map(({ service }) => service))].sort()).toEqual(parts);
    expect(trace.filter(({ parentSpanId }) => !parentSpanId).map(({ name }) => name)).toEqual(['send ingest.*']);
    expect(trace.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['normaliser', 'enrich', 'detect', 'decide clustering.place-finding', 'decide case.open']),
    );
  }, 300_000);

  it('names the tenant and what is ours, and nothing that the tenant wrote', () => {
    expect(bodies.join()).not.toMatch(new RegExp(`${MARK}|comsvcs|example\\.test`, 'i'));
    const told = spans.flatMap(({ attributes }) => attributes.map((one) => one.key));
    expect([...new Set(told)].sort()).toEqual(
      ['messaging.destination.name', 'messaging.system', 'vigie.outcome', 'vigie.tenant'].sort(),
    );
    for (const { startTimeUnixNano, endTimeUnixNano } of spans)
      expect(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano)).toBe(true);
  });

  it('of a request at the gateway begins there, and goes on to who decides it', async () => {
    const { fact, envelope } = granting('grant.given', 1, 'greta', 'LEAD', ['acme']);
    await world.say(OPERATOR, fact, envelope);
    const token = await signToken(key.secret, { kind: 'operator', subject: 'greta' });
    const query = 'mutation { openCase(tenantId: "acme", title: "look", description: "", severity: HIGH) { ok } }';
    const ask = async (): Promise<string> => {
      const answer = await fetch(`http://127.0.0.1:${gatewayPort}/analyst/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return answer.text();
    };
    await world.until('the grant to be known', async () => /"ok":true|PENDING/.test(await ask()));
    const [decided, root] = await world.until(
      'the decision and what it came of',
      () => {
        const trace = traceWith('graphql analyst');
        const decision = trace.find(({ name }) => name === 'decide clustering.open-case');
        const cause = trace.find(({ spanId }) => spanId === decision?.parentSpanId);
        return decision && cause && ([decision, cause] as const);
      },
      90_000,
    );
    expect(decided).toMatchObject({ service: 'cases', traceId: root.traceId });
    expect(root).toMatchObject({ service: 'gateway', name: 'graphql analyst' });
    expect(root.parentSpanId).toBeUndefined();
  });
});
