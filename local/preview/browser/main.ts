import { watchBuilds } from './builds';
import { guarded, reportError } from './errors';
import type { Program } from './program';
import { runProgram } from './run-program';
import { stats } from './stats';

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
