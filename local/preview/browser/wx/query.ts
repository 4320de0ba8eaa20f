import { component as adapter } from 'glass-easel-miniprogram-adapter';
import type { glassEasel } from 'glass-easel-miniprogram-adapter';
import { loadCanvasFonts } from '../canvas-fonts';
import { NotInPreview } from '../errors';
import { phone } from '../phone';

interface Fields {
  id?: boolean;
  dataset?: boolean;
  mark?: boolean;
  rect?: boolean;
  size?: boolean;
  scrollOffset?: boolean;
  properties?: string[];
  computedStyle?: string[];
  node?: boolean;
  context?: boolean;
}
const FIELDS = [
  'id',
  'dataset',
  'mark',
  'rect',
  'size',
  'scrollOffset',
  'properties',
  'computedStyle',
  'node',
];

type Answer = (result: unknown) => void;
interface Caller {
  _$: glassEasel.GeneralComponent;
}
interface Request {
  from: Caller;
  selector: string | undefined;
  all: boolean;
  fields: Fields;
  answer: Answer | undefined;
}

const top = (): Caller => {
  const page = phone().router.top;
  if (!page) throw new Error('there is no page to select in');
  return page.instance as unknown as Caller;
};

/** wx.createSelectorQuery, with nodes and computed styles, which the framework's own lacks. */
class SelectorQuery {
  private requests: Request[] = [];
  constructor(private from?: Caller) {}

  in(component: Caller): this {
    this.from = component;
    return this;
  }
  select(selector: string): NodesRef {
    return new NodesRef(this, selector, false);
  }
  selectAll(selector: string): NodesRef {
    return new NodesRef(this, selector, true);
  }
  selectViewport(): NodesRef {
    return new NodesRef(this, undefined, false);
  }
  add(request: Omit<Request, 'from'>): this {
    this.requests.push({ ...request, from: this.from ?? top() });
    return this;
  }
  /** Answers after the next frame, when what setData has just changed is laid out; with a canvas, once it has its fonts. */
  exec(answer?: (results: unknown[]) => void): void {
    const requests = this.requests;
    this.requests = [];
    queueMicrotask(() => {
      const results = requests.map(resolve);
      const tell = (): void => {
        requests.forEach((request, index) => request.answer?.(results[index]));
        answer?.(results);
      };
      if (results.flat().some(isCanvas)) void loadCanvasFonts().then(tell);
      else tell();
    });
  }
}

class NodesRef {
  constructor(
    private readonly query: SelectorQuery,
    private readonly selector: string | undefined,
    private readonly all: boolean,
  ) {}
  fields(fields: Fields, answer?: Answer): SelectorQuery {
    const unknown = Object.keys(fields).find((field) => !FIELDS.includes(field));
    if (unknown) throw new NotInPreview(`NodesRef.fields({ ${unknown} })`);
    return this.query.add({ selector: this.selector, all: this.all, fields, answer });
  }
  boundingClientRect(answer?: Answer): SelectorQuery {
    return this.fields({ id: true, dataset: true, rect: true, size: true }, answer);
  }
  scrollOffset(answer?: Answer): SelectorQuery {
    return this.fields({ id: true, dataset: true, scrollOffset: true }, answer);
  }
  node(answer?: Answer): SelectorQuery {
    return this.fields({ node: true }, answer);
  }
  context(): never {
    throw new NotInPreview('NodesRef.context (use node)');
  }
}

const isCanvas = (result: unknown): boolean =>
  (result as { node?: unknown } | null)?.node instanceof HTMLCanvasElement;

function resolve(request: Request): unknown {
  if (request.selector === undefined) return viewport(request.fields);
  const root = request.from._$.getShadowRoot();
  const found = root ? root.querySelectorAll(request.selector) : [];
  if (request.all) return found.map((element) => describe(element, request.fields));
  return found[0] ? describe(found[0], request.fields) : null;
}

function viewport(fields: Fields): object {
  const body = phone().router.top?.body;
  const { clientWidth: width = 0, clientHeight: height = 0 } = body ?? {};
  return {
    ...(fields.id ? { id: '' } : {}),
    ...(fields.dataset ? { dataset: {} } : {}),
    ...(fields.rect ? { left: 0, top: 0, right: width, bottom: height } : {}),
    ...(fields.size ? { width, height } : {}),
    ...(fields.scrollOffset ? scrollOf(body) : {}),
  };
}

const scrollOf = (element: HTMLElement | undefined): object => ({
  scrollLeft: element?.scrollLeft ?? 0,
  scrollTop: element?.scrollTop ?? 0,
  scrollWidth: element?.scrollWidth ?? 0,
  scrollHeight: element?.scrollHeight ?? 0,
});

function describe(element: glassEasel.Element, fields: Fields): object {
  const node = element.getBackendElement() as unknown;
  const dom = node instanceof HTMLElement ? node : undefined;
  const box = dom?.getBoundingClientRect();
  // Positions count from the page's screen, below the navigation bar.
  const origin = phone().router.top?.viewport.getBoundingClientRect();
  const left = (box?.left ?? 0) - (origin?.left ?? 0);
  const y = (box?.top ?? 0) - (origin?.top ?? 0);
  const [width, height] = [box?.width ?? 0, box?.height ?? 0];
  const data = (element as { data?: Record<string, unknown> }).data ?? {};
  const style = dom && fields.computedStyle ? getComputedStyle(dom) : undefined;
  return {
    ...(fields.id ? { id: element.id } : {}),
    ...(fields.dataset ? { dataset: element.dataset } : {}),
    ...(fields.mark ? { mark: element.collectMarks() } : {}),
    ...(fields.rect ? { left, top: y, right: left + width, bottom: y + height } : {}),
    ...(fields.size ? { width, height } : {}),
    ...(fields.scrollOffset ? scrollOf(dom) : {}),
    ...(fields.node ? { node: dom?.querySelector('canvas') ?? scrollNode(dom) } : {}),
    ...Object.fromEntries((fields.properties ?? []).map((name) => [name, data[name]])),
    ...Object.fromEntries(
      (fields.computedStyle ?? []).map((name) => [name, style?.getPropertyValue(dashed(name))]),
    ),
  };
}

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What `node()` of an enhanced scroll-view gives. */
function scrollNode(dom: HTMLElement | undefined): object | null {
  if (dom?.localName !== 'wx-scroll-view') return null;
  return {
    scrollTo: (to: { top?: number; left?: number; animated?: boolean }) => {
      const { animated, ...position } = to;
      dom.scrollTo({ ...position, behavior: animated ? 'smooth' : 'instant' });
    },
    scrollIntoView: (selector: string) => {
      dom.querySelector(selector)?.scrollIntoView();
    },
  };
}

/** Components select with the same query. */
export function installSelectorQuery(): void {
  const prototype = adapter.ComponentCaller.prototype as unknown as {
    createSelectorQuery: () => SelectorQuery;
  };
  prototype.createSelectorQuery = function (this: Caller): SelectorQuery {
    return new SelectorQuery(this);
  };
}

interface ObserverOptions {
  thresholds?: number[];
  initialRatio?: number;
  observeAll?: boolean;
}

export const query = {
  createSelectorQuery: (): SelectorQuery => new SelectorQuery(),
  createIntersectionObserver: (
    component: { createIntersectionObserver: (options?: ObserverOptions) => object },
    options?: ObserverOptions,
  ): object => component.createIntersectionObserver(options),
  createMediaQueryObserver: (component: { createMediaQueryObserver: () => object }): object =>
    component.createMediaQueryObserver(),
};
