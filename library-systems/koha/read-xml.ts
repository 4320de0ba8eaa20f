import { readUtf8 } from '../http/read-json';
import { LibraryFault } from '../library-fault';
import { MarcError, readXml } from '../marc';

/** An element as ILS-DI sends them; what is read of it is its own text, or its children. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

/**
 * Reads an answer of ILS-DI: UTF-8, no document type, bounded depth.
 * @param roots names of the root element that the answer may have @throws {LibraryFault} GARBLED
 */
export function readAnswer(body: Buffer, roots: readonly string[], peer: string): XmlNode {
  const document: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [document];
  try {
    readXml(readUtf8(body, peer), {
      open(name, attributes) {
        const node: XmlNode = { name, attributes, children: [], text: '' };
        open.at(-1)?.children.push(node);
        open.push(node);
      },
      text(text) {
        const node = open.at(-1);
        if (node) node.text += text;
      },
      close: () => void open.pop(),
    });
  } catch (error) {
    if (!(error instanceof MarcError)) throw error;
    throw new LibraryFault('GARBLED', `${peer} did not answer in XML: ${error.message}`, {
      cause: error,
      reason: 'protocol',
    });
  }
  const [root] = document.children;
  if (root === undefined || !roots.includes(root.name)) {
    throw new LibraryFault('GARBLED', `${peer} did not answer with <${roots[0]}>`, { reason: 'protocol' });
  }
  return root;
}

/** The child elements of a name. */
export const childrenOf = (node: XmlNode | undefined, name: string): XmlNode[] =>
  node?.children.filter((child) => child.name === name) ?? [];

/** The trimmed text of the first child element of a name; `undefined` when it is missing or empty. */
export function textOf(node: XmlNode | undefined, name: string): string | undefined {
  const text = childrenOf(node, name)[0]?.text.trim() ?? '';
  return text === '' ? undefined : text;
}
