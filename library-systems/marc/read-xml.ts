import { SaxesParser } from 'saxes';
import { MarcError } from './marc-error';

/** Bytes or UTF-16 units; a page of fifty large records stays far below. */
export const MAX_XML = 20 * 1024 * 1024;
/** MARCXML in SRU is eight deep. */
const MAX_DEPTH = 32;
/** Written at once to the parser, in UTF-16 units, so that a refusal comes early. */
const CHUNK = 65_536;
/** XML 1.0 (section 2.2) forbids them, old catalogues hold them, and they mean nothing. */
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

export interface XmlHandler {
  /** @param name without its prefix: servers disagree about namespaces */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML from a peer that is not trusted: no document types, so neither entity bombs nor external entities; bounded in
 * size and depth; a cut or ill-formed document is an error and never half a result.
 * @throws MarcError TOO_LARGE, TOO_DEEP, DOCTYPE, XML
 */
export function readXml(xml: string, handler: XmlHandler, maxLength = MAX_XML): void {
  if (xml.length > maxLength) throw new MarcError('TOO_LARGE', `XML of more than ${maxLength} characters`);
  let depth = 0;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('doctype', () => {
    throw new MarcError('DOCTYPE', 'XML with a document type declaration');
  });
  parser.on('error', () => {
    throw new MarcError('XML', 'not well-formed XML');
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > MAX_DEPTH) throw new MarcError('TOO_DEEP', `XML nested deeper than ${MAX_DEPTH}`);
    handler.open(localName(name), attributes);
  });
  parser.on('text', (text) => handler.text(text));
  parser.on('cdata', (text) => handler.text(text));
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    handler.close(localName(name));
  });
  const clean = xml.replace(FORBIDDEN, '');
  for (let at = 0; at < clean.length; at += CHUNK) parser.write(clean.slice(at, at + CHUNK));
  parser.close();
}
