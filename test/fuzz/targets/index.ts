import type { FuzzTarget } from '../target';
import { marcFile } from './marc-file';
import { marcXml } from './marc-xml';
import { sip2 } from './sip2';
import { sruResponse } from './sru-response';

/** Every parser of what comes from outside. */
export const targets: readonly FuzzTarget[] = [sip2, marcFile, marcXml, sruResponse];
