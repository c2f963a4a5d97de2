import { decode, encode } from '#libs/events';
import { openLog } from '#libs/service';
import { until } from '#libs/testing';
import type { ReportMade } from '#contracts';
import { OPERATOR } from '#libs/terms';
import { rewriteFact } from '../../libs/store/test/rewrite.js';
import type { VerifiedReport } from '../../services/reporting/src/effects/verify-report.js';
import { rawId, rebuildViews, rewindAll, stories, verifyFromOwners } from '../../cli/src/index.js';
import { chainProblems, changed, documents, storedFacts } from '../support/documents.js';
import { quiet, settled } from '../support/quiet.js';
import { standins } from '../support/standins.js';
import type { PlayedStory } from './played-story.js';

const TENANTS = [...stories.map(({ tenant }) => tenant), OPERATOR];

const verify = ({ installed, reports }: PlayedStory, tenant: string): Promise<VerifiedReport> =>
  verifyFromOwners(installed.up.stack, installed.broker, openLog('verify', 'silent'), {
    tenant,
    id: rawId(reports[tenant]?.id ?? ''),
  });

const reportsAreTrue = (story: () => PlayedStory): void => {
  it.each(stories.map(({ tenant }) => tenant))('the report of %s says what the facts say', async (tenant) => {
    const { differences, problems } = await verify(story(), tenant);
    expect({ differences, problems }).toEqual({ differences: [], problems: [] });
  });

  it('a changed figure of a report is named', async () => {
    const streamId = `report/northwind/${rawId(story().reports.northwind?.id ?? '')}`;
    const change = (bytes: Buffer): Buffer => {
      const made = decode<ReportMade>(bytes);
      const figures = JSON.parse(Buffer.from(made.figures).toString('utf8')) as {
        figures: { id: string; value: unknown }[];
      };
      const findings = figures.figures.find(({ value }) => typeof value === 'number');
      if (!findings) throw new Error('no figure is a number');
      findings.value = Number(findings.value) + 1;
      const written: ReportMade = { ...made, figures: Buffer.from(JSON.stringify(figures)) };
      return encode(written);
    };
    const restore = await rewriteFact(
      story().installed.up.stack.mongoUrl,
      'reporting',
      { streamId, type: 'report.made' },
      change,
    );
    const { differences, problems } = await verify(story(), 'northwind');
    await restore();
    expect(differences.map(({ path }) => path).sort()).toEqual([
      expect.stringMatching(/^figures\..+\.value$/),
      'figuresHash',
    ]);
    expect(problems).toEqual([expect.stringContaining('the bytes of fact')]);
    expect((await verify(story(), 'northwind')).problems).toEqual([]);
  });
};

const viewsFollowFacts = (story: () => PlayedStory): void => {
  it('every view is what the facts say', async () => {
    await settled(story().installed);
    const { stack } = story().installed.up;
    // The services go on meanwhile: only a look at which no view lags says something.
    const { differences } = await until(
      'views to have taken in all facts',
      async () => {
        const found = await rebuildViews(stack, story().installed.broker, { check: true, say: () => undefined });
        return found.every(({ lag }) => !lag) && { differences: found };
      },
      60_000,
    );
    expect(differences).toEqual([]);
  }, 300_000);

  it('everything delivered once more changes no view, no fact and calls no vendor', async () => {
    await quiet(story().installed.broker);
    const look = async () => ({
      documents: await documents(story().installed, TENANTS),
      facts: await storedFacts(story().installed, TENANTS),
      calls: await standins(story().installed),
    });
    const before = await look();
    await rewindAll(story().installed.up, false);
    await quiet(story().installed.broker);
    const after = await look();
    expect(changed(before.documents, after.documents)).toEqual([]);
    expect([after.facts, after.calls]).toEqual([before.facts, before.calls]);
  }, 300_000);
};

const chainsVerify = (story: () => PlayedStory): void => {
  it('the chains of all services verify', async () =>
    expect(await chainProblems(story().installed, TENANTS)).toEqual([]));

  it('a changed stored byte is named by the chain check', async () => {
    const caseId = rawId(story().cases.lumiere?.[0]?.id ?? '');
    const streamId = `case/lumiere/${caseId}`;
    const flip = (bytes: Buffer): Buffer => {
      const changed = Buffer.from(bytes);
      changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
      return changed;
    };
    const restore = await rewriteFact(
      story().installed.up.stack.mongoUrl,
      'cases',
      { streamId, type: 'case.opened' },
      flip,
    );
    expect(await chainProblems(story().installed, ['lumiere'])).toEqual([
      expect.stringMatching(new RegExp(`^cases ${streamId} 1: the bytes of fact 0 \\(case.opened`)),
    ]);
    await restore();
    expect(await chainProblems(story().installed, ['lumiere'])).toEqual([]);
  });
};

/** After the story: what is kept is what was said, and what was changed behind the services' back is named. */
export const whatIsStored = (story: () => PlayedStory): void => {
  viewsFollowFacts(story);
  reportsAreTrue(story);
  chainsVerify(story);
};
