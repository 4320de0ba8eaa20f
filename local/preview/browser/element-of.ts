import type { glassEasel } from 'glass-easel-miniprogram-adapter';

/** The glass-easel element of a DOM node, or of the nearest one above it. */
export function elementOf(node: Node | null): glassEasel.Element | undefined {
  for (let at = node; at; at = at.parentNode) {
    const element = (at as { __wxElement?: glassEasel.Element }).__wxElement;
    if (element) return element;
  }
  return undefined;
}
