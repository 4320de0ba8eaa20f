import { zipSync } from 'fflate';

/** What a cell holds: text, a number, or the XML of a cell from its type on. */
export type Cell = string | number | { attributes?: string; xml: string };

export const formula = (text: string, value: string): Cell => ({ xml: `<f>${text}</f><v>${value}</v>` });
/** Style 1 is a date. */
export const dated = (serial: number): Cell => ({ attributes: ' s="1"', xml: `<v>${serial}</v>` });

const escape = (text: string): string => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

const letters = (index: number): string =>
  (index >= 26 ? String.fromCharCode(64 + Math.floor(index / 26)) : '') +
  String.fromCharCode(65 + (index % 26));

const cellXml = (cell: Cell, place: string): string => {
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'object') return `<c r="${place}"${cell.attributes ?? ''}>${cell.xml}</c>`;
  return cell === '' ? '' : `<c r="${place}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`;
};

export const sheetXml = (rows: readonly (readonly Cell[])[], after = ''): string =>
  `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
    .map(
      (cells, i) =>
        `<row r="${i + 1}">${cells.map((cell, at) => cellXml(cell, `${letters(at)}${i + 1}`)).join('')}</row>`,
    )
    .join('')}</sheetData>${after}</worksheet>`;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** The least that a workbook of one sheet consists of, so that a test can spoil any of it. */
export function workbook(sheet: string | Uint8Array, parts: Record<string, string> = {}): Buffer {
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="rId1" Type="${RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELS}"><sheets><sheet name="items" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="rId1" Type="${RELS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ...parts,
  };
  const entries = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const),
  );
  const content = typeof sheet === 'string' ? Buffer.from(sheet) : sheet;
  return Buffer.from(zipSync({ ...entries, 'xl/worksheets/sheet1.xml': content }));
}
