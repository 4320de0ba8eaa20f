import { glassEasel } from 'glass-easel-miniprogram-adapter';
import { elementOf } from './element-of';
import { phoneUnits } from './phone-units';
import { watchTouches } from './touch-events';

/** Events that the browser makes on an element and WeChat passes on under the same name. */
const NATIVE_EVENTS = new Set(['transitionend', 'animationstart', 'animationiteration', 'animationend']);
const TAP_EVENTS = new Set(['tap', 'longpress', 'longtap']);

/** The document as glass-easel's backend: built-ins become `wx-…`, touches are ours, tappable elements get the focus. */
export class PreviewBackend extends glassEasel.CurrentWindowBackendContext {
  private readonly bound = new WeakMap<Element, Set<string>>();

  constructor(builtins: ReadonlySet<string>) {
    super();
    const create = (tag: string): HTMLElement => {
      const element = document.createElement(builtins.has(tag) ? `wx-${tag}` : tag);
      const setAttribute = element.setAttribute.bind(element);
      element.setAttribute = (name, value) => {
        setAttribute(name, name === 'style' ? phoneUnits(value) : value);
      };
      Object.defineProperty(element, 'id', {
        get: () => element.getAttribute('id') ?? '',
        // glass-easel puts a number before ids to tell components apart; labels and tests want the written one.
        set: (id: string) => {
          setAttribute('id', id.replace(/^\w+--/, ''));
        },
      });
      return element;
    };
    this.document = {
      createElement: create,
      createTextNode: (content: string) => document.createTextNode(content),
      createDocumentFragment: () => document.createDocumentFragment(),
    } as unknown as typeof this.document;
    watchTouches();
  }

  /** glass-easel's own listeners are not wanted: see touch-events.ts. */
  override onEvent(): void {}

  override setListenerStats(target: unknown, type: string): void {
    if (!(target instanceof HTMLElement)) return;
    if (TAP_EVENTS.has(type)) {
      target.dataset['tap'] = `${target.dataset['tap'] ?? ''} ${type}`.trim();
      if (!target.hasAttribute('tabindex')) target.tabIndex = 0;
    }
    if (!NATIVE_EVENTS.has(type)) return;
    const types = this.bound.get(target) ?? new Set();
    if (types.has(type)) return;
    this.bound.set(target, types.add(type));
    target.addEventListener(type, (event) => {
      if (event.target !== target) return;
      const element = elementOf(target);
      if (element) new glassEasel.Event(type, {}, { bubbles: true, originalEvent: event }).dispatch(element);
    });
  }
}
