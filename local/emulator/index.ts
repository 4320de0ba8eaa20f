import type { Emulator, EmulatorOptions } from './emulator';
import { LocalCloud } from './local-cloud';

export type { Emulator, EmulatorOptions };
export type { InvokeRules } from './functions/invoke-rules';
export { PlatformError, type PlatformCode } from './platform-error';

/**
 * Starts the cloud.
 * @throws {Error} when rules, schema or a function's configuration are not what the platform would take
 */
export const startEmulator = (options: EmulatorOptions): Promise<Emulator> => LocalCloud.open(options);
