import { SaxesParser } from 'saxes';
import type { SaxesTagPlain } from 'saxes';

/** The name of the part that holds a workbook's first sheet. @throws {SyntaxError} when it has none */
export function firstSheetOf(entries: ReadonlyMap<string, Uint8Array>): string {
  let id: string | undefined;
  eachTag(entries.get('xl/workbook.xml'), (name, attributes) => {
    if (name === 'sheet') id ??= attributes['r:id'] ?? attributes['relationships:id'];
  });
  let target: string | undefined;
  eachTag(entries.get('xl/_rels/workbook.xml.rels'), (name, attributes) => {
    if (name === 'Relationship' && attributes['Id'] === id) target = attributes['Target'];
  });
  if (id === undefined || target === undefined) throw new SyntaxError('no sheet');
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

function eachTag(
  xml: Uint8Array | undefined,
  see: (localName: string, attributes: Readonly<Record<string, string>>) => void,
): void {
  if (!xml) throw new SyntaxError('a part is missing');
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new SyntaxError(error.message);
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) =>
    see(name.slice(name.indexOf(':') + 1), attributes),
  );
  parser.write(Buffer.from(xml).toString('utf8')).close();
}
