import { compile, correlationTests } from '../index.js';

const correlation = (source: string): string => `
title: refused by the proxy
id: refused
correlation: { type: event_count, rules: [seen], group-by: [c-ip], timespan: 1m, condition: { gte: 1 } }
vigie:
  tests:
    - { name: one, fires: true, events: [{ at: 0s, source: ${source}, event: { src: 10.0.0.1, url: 'http://evil.example/x' } }] }
---
title: seen
id: seen
name: seen
logsource: { category: proxy }
detection: { s: { c-uri|contains: evil }, condition: s }
`;

it.each(['web-proxy', 'proxy'])("a correlation's test says whose form its events have: %s", (source) => {
  const set = compile([{ path: 'c.yml', text: correlation(source) }]);
  expect(set.failures).toEqual([]);
  expect(set.correlations[0]?.tests?.[0]?.events[0]?.source).toBe('web-proxy');
  expect(correlationTests(set)).toMatchObject([{ fired: 1, expected: 1 }]);
});
