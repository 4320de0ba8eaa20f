import { BUILTIN_NAMES } from '../builtin-names';
import { cloud } from './cloud';
import { device } from './device';
import { fileSystem, loud } from './file-system';
import { interfaceCalls } from './interface';
import { keyboard } from './keyboard';
import { media } from './media';
import { open } from './open';
import { privacy } from './privacy';
import { query } from './query';
import { routing } from './routing';
import { storage } from './storage';

const members = {
  ...routing,
  ...interfaceCalls,
  ...storage,
  ...device,
  ...keyboard,
  ...privacy,
  ...media,
  ...fileSystem,
  ...query,
  ...open,
  cloud,
  /** True for what the preview has: `showToast`, `scanCode.return.result`, `button.open-type.share`. */
  canIUse: (schema: string): boolean => {
    const name = schema.split('.')[0] ?? '';
    return name in members || (BUILTIN_NAMES as readonly string[]).includes(name);
  },
};

/** The global `wx`: a member that the preview does not have throws with its name. */
export const wx = loud('wx', members);
