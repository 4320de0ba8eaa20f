import { glassEasel } from 'glass-easel-miniprogram-adapter';
import { elementOf } from './element-of';
import { hover } from './hover';

interface Point {
  identifier: number;
  clientX: number;
  clientY: number;
  pageX: number;
  pageY: number;
}

interface Press {
  x: number;
  y: number;
  target: Element;
  timer: ReturnType<typeof setTimeout>;
  release: () => void;
}

const TAP_DISTANCE = 10;
const LONG_PRESS_MS = 350;
/** After a touch the browser sends the same gesture once more as mouse events. */
const MOUSE_AFTER_TOUCH_MS = 700;

let press: Press | undefined;
let lastTouchAt = -Infinity;

/** Turns touches, the mouse and the keyboard into WeChat's touchstart … tap, longpress. */
export function watchTouches(): void {
  const options = { capture: true, passive: false };
  for (const type of ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const) {
    document.addEventListener(
      type,
      (event) => {
        lastTouchAt = event.timeStamp;
        handle(type, event, [...event.touches].map(point), [...event.changedTouches].map(point));
      },
      options,
    );
  }
  const mouse = (type: string, down: boolean) => (event: MouseEvent) => {
    if (event.timeStamp - lastTouchAt < MOUSE_AFTER_TOUCH_MS) return;
    if (event.type !== 'mousemove' && event.button !== 0) return;
    if (event.type === 'mousemove' && !press && event.buttons !== 1) return;
    const at = point({ identifier: 0, clientX: event.clientX, clientY: event.clientY });
    handle(type, event, down ? [at] : [], [at]);
  };
  document.addEventListener('mousedown', mouse('touchstart', true), options);
  document.addEventListener('mousemove', mouse('touchmove', true), options);
  document.addEventListener('mouseup', mouse('touchend', false), options);
  document.addEventListener('keydown', onKey);
  // A click without a pointer: an assistive tool or a script.
  document.addEventListener('click', (event) => {
    if (event.detail === 0 && event.target instanceof Element) tapElement(event.target, event);
  });
}

const point = (touch: Pick<Touch, 'identifier' | 'clientX' | 'clientY'>): Point => ({
  identifier: touch.identifier,
  clientX: touch.clientX,
  clientY: touch.clientY,
  pageX: touch.clientX,
  pageY: touch.clientY,
});

let touchTarget: Element | undefined;

function handle(type: string, event: Event, touches: Point[], changedTouches: Point[]): void {
  // As with real touches, moves and the end go to the element on which the touch began.
  if (type === 'touchstart' && event.target instanceof Element) touchTarget = event.target;
  const target = touchTarget;
  const at = changedTouches[0];
  if (!target || !at) return;
  const prevented = dispatch(target, type, event, { touches, changedTouches });
  if (prevented && type === 'touchmove' && event.cancelable && !scrollsInside(target)) event.preventDefault();
  if (type === 'touchstart') startPress(target, event, at, touches.length);
  else if (type === 'touchmove') movePress(at);
  else if (type === 'touchend') endPress(event, at);
  else cancelPress();
  if (type === 'touchend' || type === 'touchcancel') touchTarget = undefined;
}

/** A scroll-view goes on scrolling inside an element that catches touchmove. */
const scrollsInside = (target: Element): boolean => target.closest('wx-scroll-view[data-scroll]') !== null;

function startPress(target: Element, event: Event, at: Point, fingers: number): void {
  cancelPress();
  if (fingers > 1) return;
  const timer = setTimeout(() => {
    const longPress = target.closest('[data-tap*="longpress"], [data-tap*="longtap"]');
    if (!longPress) return;
    cancelPress();
    for (const type of ['longpress', 'longtap']) dispatch(target, type, event, detailAt(at));
  }, LONG_PRESS_MS);
  press = { x: at.clientX, y: at.clientY, target, timer, release: hover(target) };
}

function movePress(at: Point): void {
  if (!press) return;
  if (Math.hypot(press.x - at.clientX, press.y - at.clientY) > TAP_DISTANCE) cancelPress();
}

function endPress(event: Event, at: Point): void {
  const current = press;
  cancelPress();
  if (current) tap(current.target, event, at);
}

function cancelPress(): void {
  if (!press) return;
  clearTimeout(press.timer);
  press.release();
  press = undefined;
}

const detailAt = (at: Point): Fields => ({
  detail: { x: at.clientX, y: at.clientY },
  touches: [at],
  changedTouches: [at],
});

function tap(target: Element, event: Event, at: Point): void {
  // WeChat sends no tap to a disabled button.
  if (target.closest('wx-button[aria-disabled="true"]')) return;
  dispatch(target, 'tap', event, detailAt(at));
}

/** Taps the middle of an element. */
export function tapElement(target: Element, event: Event): void {
  const box = target.getBoundingClientRect();
  tap(
    target,
    event,
    point({ identifier: 0, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 }),
  );
}

function onKey(event: KeyboardEvent): void {
  const target = event.target;
  if (!(target instanceof HTMLElement) || target.dataset['tap'] === undefined) return;
  const longPress = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
  if (longPress && target.dataset['tap'].includes('longpress')) {
    event.preventDefault();
    dispatch(target, 'longpress', event, { detail: { x: 0, y: 0 }, touches: [], changedTouches: [] });
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    if (!event.repeat) tapElement(target, event);
  }
}

interface Fields {
  detail?: object;
  touches: Point[];
  changedTouches: Point[];
}

/** Returns whether a handler has prevented the default, which `catch…` does. */
function dispatch(target: Element, type: string, originalEvent: Event, fields: Fields): boolean {
  const element = elementOf(target);
  if (!element) return false;
  const { detail = {}, ...extraFields } = fields;
  const event = new glassEasel.Event(type, detail, {
    originalEvent,
    bubbles: true,
    composed: true,
    capturePhase: true,
    extraFields,
  });
  event.dispatch(element);
  return event.defaultPrevented();
}
