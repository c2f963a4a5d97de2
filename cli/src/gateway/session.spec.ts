import { elsewhere, spokenWith, tokenFor } from './session.js';

describe('an installation that runs elsewhere', () => {
  const named = { GATEWAY_URL: 'https://mdr.example/', GATEWAY_TOKEN: 'theirs' };

  it.each([
    ['nothing', {}, undefined],
    ['empty texts', { GATEWAY_URL: '', GATEWAY_TOKEN: '' }, undefined],
  ])('is not meant by %s', (_, environment, found) => expect(elsewhere(environment)).toBe(found));

  it.each([{ GATEWAY_URL: 'https://mdr.example' }, { GATEWAY_TOKEN: 'theirs' }])('is not half named: %p', (half) =>
    expect(() => elsewhere(half)).toThrow('set both GATEWAY_URL and GATEWAY_TOKEN'),
  );

  it('is asked at its gateway, with the token that is given, whoever is meant', async () => {
    const reached = elsewhere({ ...named, INGEST_URL: 'https://in.example/' });
    expect(reached?.urls).toEqual({
      gateway: 'https://mdr.example',
      analyst: 'https://mdr.example/analyst/graphql',
      customer: 'https://mdr.example/customer/graphql',
      ingest: 'https://in.example',
    });
    expect(await spokenWith(reached!, 'somebody')).toBe('theirs');
  });

  it('has its tokens from its identity provider', () =>
    expect(tokenFor(elsewhere(named)!, { kind: 'operator', subject: 'ada' })).rejects.toMatchObject({
      code: 'NOT_OURS',
    }));
});
