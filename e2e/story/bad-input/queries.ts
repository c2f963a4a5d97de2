import type { PlayedStory } from '../played-story.js';

/** Queries that ask for too much. */
export const badQueries = (story: () => PlayedStory): void => {
  it('a query that nests too deeply is refused with a code, and the next is answered', async () => {
    const { stage } = story();
    const deep = `{ cases(first: 1) { edges { node { ${'actions { history { by { subject } } '.repeat(1)}${'x { '.repeat(20)} id ${'} '.repeat(20)} } } } } }`;
    await expect(stage.analyst.ask(deep)).rejects.toMatchObject({
      code: expect.stringMatching(/TOO_DEEP|TOO_COSTLY|GRAPHQL_VALIDATION_FAILED/),
    });
    await expect(stage.analyst.ask(`{ a: cases(first: 1) ${'{ edges '.repeat(2_000)}`)).rejects.toMatchObject({
      code: expect.any(String),
    });
    await expect(stage.analyst.ask('{ me { subject } }')).resolves.toEqual({ me: { subject: 'ada@provider' } });
  });
};
