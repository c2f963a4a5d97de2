import { takeOwn, togetherEnvironment } from './together.js';

describe('the environment of services in one process', () => {
  const each = {
    cases: { MONGO_URL: 'mongodb://a', NOT_SET: undefined },
    oncall: { MONGO_URL: 'mongodb://b', A__B: '' },
  };

  it('gives each its own back, and leaves nothing of it to others', () => {
    const all: Record<string, string | undefined> = { PATH: '/bin', ...togetherEnvironment(each) };
    expect(takeOwn('cases', all)).toEqual({ MONGO_URL: 'mongodb://a' });
    expect(takeOwn('oncall', all)).toEqual({ MONGO_URL: 'mongodb://b', A__B: '' });
    expect(all).toEqual({ PATH: '/bin' });
  });

  it('knows which services are not among them', () => expect(takeOwn('cases', { PATH: '/bin' })).toBeUndefined());
});
