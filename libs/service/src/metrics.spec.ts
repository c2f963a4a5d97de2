import { openMetrics, topicLabel } from './metrics.js';

it('names no tenant and no source, whatever topic is counted', async () => {
  const { registry, heard } = openMetrics('collection');
  for (const topic of ['ingest.acme.edr', 'ingest.globex.okta'])
    heard.inc({ loop: 'normalise', topic: topicLabel(topic) });
  const told = await registry.metrics();
  expect(told).toContain('vigie_messages_heard_total{loop="normalise",topic="ingest.*",service="collection"} 2');
  expect(told).not.toMatch(/acme|globex/);
  expect(topicLabel('vigie.case.events')).toBe('vigie.case.events');
});
