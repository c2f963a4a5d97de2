import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listAcls } from '#libs/events';
import { startStack, type Stack } from '#stack';
import { adminBroker, provision } from '../../../cli/src/index.js';
import { INSTALLATIONS, render } from '../src/helm.js';
import { ofKind, type KafkaUserObject } from '../src/objects.js';
import { linesOfRules, linesOfUser } from '../src/rights.js';
import { whereHelmIs } from '../src/where-helm-is.js';

jest.setTimeout(180_000);

whereHelmIs('what Strimzi would make, beside what provision makes on a broker', () => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-rights-'));
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ dir });
    await provision(stack);
  });
  afterAll(async () => {
    await stack?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('is permitted to the same users, as the broker tells it', async () => {
    const broker = adminBroker(stack);
    try {
      const users = ofKind<KafkaUserObject>(render(INSTALLATIONS.default ?? []), 'KafkaUser');
      const permitted = linesOfRules(await listAcls(broker));
      expect(permitted.length).toBeGreaterThan(100);
      expect(users.flatMap(linesOfUser).sort()).toEqual(permitted);
    } finally {
      await broker.close();
    }
  });
});
