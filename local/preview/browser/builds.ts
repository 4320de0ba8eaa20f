import { showProblems } from './overlay';
import type { PreviewEvent } from './program';

/** Listens to the build: a new one reloads the page, a failed one shows its mistakes; and to the clock. */
export function watchBuilds(): void {
  const source = new EventSource('/preview/events');
  let loaded: number | undefined;
  source.addEventListener('message', (message) => {
    const event = JSON.parse(String(message.data)) as PreviewEvent;
    if (event.type === 'clock') location.reload();
    else if (event.type === 'failed') {
      showProblems(event.problems);
      // The next build, even if it is the first good one, must bring a new page.
      loaded ??= -1;
    } else if (loaded === undefined) loaded = event.version;
    else if (loaded !== event.version) location.reload();
  });
  addEventListener('pagehide', () => {
    source.close();
  });
}
