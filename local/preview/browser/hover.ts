import type { glassEasel } from 'glass-easel-miniprogram-adapter';
import { hostOf } from './builtins/host';

/** The segment of an element's class that glass-easel leaves to temporary styles. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- its const enum has no value at run time here
const HOVER_SEGMENT = 3 as glassEasel.StyleSegmentIndex;

/** Puts `hover-class` on what is pressed, until the returned function is called. */
export function hover(target: Element): () => void {
  const releases: (() => void)[] = [];
  for (let at: Element | null = target; at; at = at.parentElement) {
    const host = hostOf(at);
    const name = host?.get('hoverClass');
    if (!host || typeof name !== 'string' || name === '' || name === 'none' || host.get('disabled')) continue;
    const on = setTimeout(
      () => {
        host.component.setNodeClass(name, HOVER_SEGMENT);
      },
      Number(host.get('hoverStartTime')),
    );
    releases.push(() => {
      clearTimeout(on);
      setTimeout(
        () => {
          host.component.setNodeClass('', HOVER_SEGMENT);
        },
        Number(host.get('hoverStayTime')),
      );
    });
    if (host.get('hoverStopPropagation')) break;
  }
  return () => {
    for (const release of releases) release();
  };
}
