import { PULLS } from '#libs/terms';
import { pullers } from './index.js';

it('pulls what the terms name, and nothing else', () =>
  expect(pullers.map(({ vendor }) => vendor).sort()).toEqual(Object.keys(PULLS).sort()));
