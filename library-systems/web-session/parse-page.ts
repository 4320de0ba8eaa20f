import { defaultTreeAdapter, parse } from 'parse5';
import type { DefaultTreeAdapterMap, DefaultTreeAdapterTypes, TreeAdapter } from 'parse5';
import { LibraryFault } from '../library-fault';

export type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** Deeper than any page of a library's; reading is recursive, and parsing slow, beyond it. */
const MAX_DEPTH = 256;
/** A page with a thousand loans has some ten thousand. */
const MAX_ELEMENTS = 100_000;
/** In UTF-16 units. */
const MAX_PAGE = 4_000_000;

/** Elements whose text nobody sees. */
const UNSEEN = new Set(['script', 'style', 'template', 'noscript', 'head', 'title']);

const garbled = (message: string): LibraryFault =>
  new LibraryFault('GARBLED', message, { reason: 'protocol' });

/**
 * What a browser would make of a page (HTML standard, section 13.2), within bounds: unclosed cells and rows
 * are closed as browsers close them, and tags in scripts, comments and attributes are none.
 * @throws {LibraryFault} GARBLED when the page is larger, or nested deeper, than any page of a library's
 */
export function parsePage(html: string): Element {
  if (html.length > MAX_PAGE) throw garbled('The page is too long to be read');
  const page = parse(html, { treeAdapter: boundedAdapter() });
  const root = page.childNodes.find(isElement);
  if (!root) throw garbled('The page holds nothing');
  return root;
}

/** Counts what is built, so that a few thousand bytes cannot become millions of nodes. */
function boundedAdapter(): TreeAdapter<DefaultTreeAdapterMap> {
  let depth = 0;
  let elements = 0;
  return {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      if (++elements > MAX_ELEMENTS) throw garbled('The page has too many elements');
      return defaultTreeAdapter.createElement(name, namespace, attributes);
    },
    onItemPush() {
      if (++depth > MAX_DEPTH) throw garbled('The page is nested too deep');
    },
    onItemPop() {
      depth--;
    },
  };
}

const isElement = (node: Node): node is Element => 'tagName' in node;

/** All elements below one that pass, in the order of the page. */
export function findAll(root: Element, passes: (element: Element) => boolean): Element[] {
  const found: Element[] = [];
  const look = (element: Element): void => {
    for (const child of element.childNodes) {
      if (!isElement(child)) continue;
      if (passes(child)) found.push(child);
      look(child);
    }
  };
  look(root);
  return found;
}

export const byTag =
  (...names: string[]) =>
  (element: Element): boolean =>
    names.includes(element.tagName);

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

export const hasClass = (element: Element, name: string): boolean =>
  (attribute(element, 'class') ?? '').split(/\s+/).includes(name);

/** Elements that stand within a line; all others begin and end one. */
const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'big',
  'em',
  'font',
  'i',
  'label',
  'mark',
  's',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'u',
]);

/** Whether the text in an element is of at most so many UTF-16 units; looks no further than that. */
export function isShort(element: Element, most: number): boolean {
  let left = most;
  const fits = (node: Element): boolean =>
    node.childNodes.every((child) => {
      // Elements cost a step, too.
      left -= 'value' in child ? child.value.length : 1;
      return left >= 0 && (!isElement(child) || fits(child));
    });
  return fits(element);
}

/** What stands in an element for people to read, with blanks and line ends as one blank. */
export function textOf(element: Element): string {
  const parts: string[] = [];
  const gather = (node: Element): void => {
    for (const child of node.childNodes) {
      if ('value' in child) parts.push(child.value);
      else if (isElement(child)) {
        if (UNSEEN.has(child.tagName)) continue;
        const edge = INLINE.has(child.tagName) ? '' : ' ';
        parts.push(edge);
        gather(child);
        parts.push(edge);
      }
    }
  };
  gather(element);
  return parts
    .join('')
    .replace(/[\s\u00a0]+/gu, ' ')
    .trim();
}

/** The title of a page, for telling which product answers. */
export function titleOf(root: Element): string {
  const [title] = findAll(root, byTag('title'));
  return title ? textOf(title) : '';
}

/** The value of the first input with a name. */
export function inputValue(root: Element, name: string): string | undefined {
  const input = findAll(root, byTag('input')).find((one) => attribute(one, 'name') === name);
  return input && (attribute(input, 'value') ?? '');
}

/** The text of a fragment of HTML, such as a title that a system sends as it shows it. */
export const textOfHtml = (html: string): string => textOf(parsePage(`<body>${html}`));
