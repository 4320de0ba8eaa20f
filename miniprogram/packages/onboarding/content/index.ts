import type { LearningModule } from './module';
import { borrowing } from './borrowing';
import { callNumbers } from './call-numbers';
import { conduct } from './conduct';
import { eResources } from './e-resources';
import { help } from './help';
import { hours } from './hours';
import { searching } from './searching';
import { seats } from './seats';

/** In the order in which they are read. */
export const MODULES: readonly LearningModule[] = [
  hours,
  borrowing,
  callNumbers,
  searching,
  eResources,
  seats,
  conduct,
  help,
];
