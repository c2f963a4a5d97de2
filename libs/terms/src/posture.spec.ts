import type { PostureFact } from '#contracts';
import { standIn } from '#libs/testing';
import { NO_POSTURE, postureAfter, postureStanding } from './posture.js';

const seen = (gapId: string, isPresent = true) =>
  standIn<PostureFact>({ type: 'posture.observed', gapId, isPresent } as Partial<PostureFact>);
const accepted = standIn<PostureFact>({ type: 'posture.risk-accepted' });
const standing = (...facts: PostureFact[]) => postureStanding(facts.reduce(postureAfter, NO_POSTURE));

describe('a risk that was accepted', () => {
  it('holds while it is there, also when more shows it', () => {
    expect(standing(seen('g1'), accepted)).toBe('RISK_ACCEPTED');
    expect(standing(seen('g1'), accepted, seen('g2'), seen('g1', false))).toBe('RISK_ACCEPTED');
  });
  it('is over with what it was of: what comes again is open', () => {
    const ended = [seen('g1'), accepted, seen('g1', false)];
    expect(standing(...ended)).toBe('RESOLVED');
    expect(standing(...ended, seen('g2'))).toBe('OPEN');
    expect(standing(...ended, seen('g2'), accepted)).toBe('RISK_ACCEPTED');
  });
});
