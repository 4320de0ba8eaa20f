import { phoneUnits } from '../phone-units';

/** The elements and attributes that WeChat's rich-text trusts; all others are left out with their content. */
const TAGS = new Set(
  (
    'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del div dl dt em ' +
    'fieldset font footer h1 h2 h3 h4 h5 h6 header hr i img ins label legend li mark nav ol p pre q rt ruby s section ' +
    'small span strong sub sup table tbody td tfoot th thead tr tt u ul'
  ).split(' '),
);
const ATTRIBUTES = new Set([
  'class',
  'style',
  'alt',
  'src',
  'height',
  'width',
  'colspan',
  'rowspan',
  'start',
  'type',
  'span',
  'dir',
  'size',
  'color',
  'face',
  'align',
]);

interface RichNode {
  type?: 'node' | 'text';
  name?: string;
  attrs?: Record<string, unknown>;
  children?: RichNode[];
  text?: string;
}

/** DOM of the `nodes` of a rich-text: a string of HTML or an array of nodes. */
export function renderNodes(nodes: unknown): Node[] {
  if (typeof nodes === 'string') {
    const parsed = new DOMParser().parseFromString(nodes, 'text/html');
    return [...parsed.body.childNodes].flatMap(copyTrusted);
  }
  return Array.isArray(nodes) ? (nodes as RichNode[]).flatMap(renderNode) : [];
}

function renderNode(node: RichNode): Node[] {
  if (node.type === 'text' || node.name === undefined) {
    const decoder = new DOMParser().parseFromString('', 'text/html').createElement('textarea');
    decoder.innerHTML = node.text ?? '';
    return [document.createTextNode(decoder.value)];
  }
  const attributes = Object.entries(node.attrs ?? {}).map(([name, value]) => [name, String(value)] as const);
  return element(node.name.toLowerCase(), attributes, (node.children ?? []).flatMap(renderNode));
}

function copyTrusted(node: Node): Node[] {
  if (node instanceof Text) return [document.createTextNode(node.data)];
  if (!(node instanceof Element)) return [];
  const attributes = [...node.attributes].map((attribute) => [attribute.name, attribute.value] as const);
  return element(node.localName, attributes, [...node.childNodes].flatMap(copyTrusted));
}

function element(name: string, attributes: (readonly [string, string])[], children: Node[]): Node[] {
  if (!TAGS.has(name)) return [];
  const made = document.createElement(name);
  for (const [key, value] of attributes) {
    if (ATTRIBUTES.has(key)) made.setAttribute(key, key === 'style' ? phoneUnits(value) : value);
  }
  made.append(...children);
  return [made];
}
