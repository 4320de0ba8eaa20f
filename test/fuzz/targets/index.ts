import type { FuzzTarget } from '../target';
import { sip2 } from './sip2';

/** Every parser of what comes from outside. */
export const targets: readonly FuzzTarget[] = [sip2];
