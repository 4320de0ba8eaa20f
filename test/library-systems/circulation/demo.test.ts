import { describeCirculation } from '../describe-circulation';
import { openDemo } from '../support/demo';
import { credentials, findHoldable } from './support';

const readers = {
  borrower: credentials('p1'),
  other: credentials('p17'),
  holdable: findHoldable,
  freshman: credentials('p20'),
};

describeCirculation('demo', openDemo, readers);
