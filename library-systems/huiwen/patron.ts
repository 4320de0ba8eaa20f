import type { Patron } from '../circulation';
import { LibraryFault } from '../library-fault';
import { idFor } from '../web-session/item-id';
import { byTag, findAll, textOf } from '../web-session/parse-page';
import type { Element } from '../web-session/parse-page';
import { lastDateIn } from '../web-session/read-date';
import type { ReaderPages } from './reader-pages';

/** `/reader/redr_info_rule.php`: cells of "label：value". */
export async function readPatron(pages: ReaderPages): Promise<Patron> {
  const path = '/reader/redr_info_rule.php';
  const fields = fieldsOf(await pages.page({ path, kind: 'read' }));
  const certificate = fields.get('证件号');
  if (certificate === undefined) {
    throw new LibraryFault('GARBLED', `${path} shows no number of the reader`, { reason: 'protocol' });
  }
  const name = fields.get('姓名');
  const type = fields.get('读者类型') ?? '读者';
  const department = fields.get('工作单位') ?? fields.get('系别');
  const expiresAt = lastDateIn(fields.get('失效日期') ?? '');
  return {
    ref: idFor(certificate),
    cardNumber: fields.get('条码号') ?? certificate,
    ...(name !== undefined && { name }),
    readerType: { code: type, name: type },
    ...(department !== undefined && { department }),
    ...(expiresAt !== undefined && { expiresAt }),
    blocks: [],
  };
}

function fieldsOf(page: Element): Map<string, string> {
  const fields = new Map<string, string>();
  for (const cell of findAll(page, byTag('td'))) {
    const text = textOf(cell);
    const at = text.search(/[：:]/u);
    if (at < 1 || at > 12) continue;
    const label = text.slice(0, at).replace(/\s/gu, '');
    const value = text.slice(at + 1).trim();
    if (value !== '' && !fields.has(label)) fields.set(label, value);
  }
  return fields;
}
