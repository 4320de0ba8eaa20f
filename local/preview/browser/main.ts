import { shiftDate } from '../../emulator/functions/shift-date';
import { watchBuilds } from './builds';
import { guarded, reportError } from './errors';
import type { Program } from './program';
import { runProgram } from './run-program';
import { stats } from './stats';

// The mini program's day is the cloud's, also when its clock was moved; see clock.js of the server.
const { __previewClockOffset: offset = 0 } = globalThis as { __previewClockOffset?: number };
if (offset !== 0) shiftDate(Float64Array.of(offset));

/** The entry of `/app`: waits for the program that program.js brings, and for news of the build. */
Object.assign(globalThis, {
  __preview: { stats },
  __startPreview: (program: Program) => {
    guarded(() => {
      runProgram(program);
    });
  },
});
addEventListener('error', (event) => {
  if (event.error !== undefined && event.error !== null) reportError(event.error);
});
watchBuilds();
