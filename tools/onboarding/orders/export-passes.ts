import { toCsv } from '../../../cloudfunctions/features/history/to-csv';
import { wrong } from '../../staff/arguments';
import type { StaffOutput } from '../../staff/call-staff';
import { both, number, Refused } from '../../staff/says';
import { writeNewFile } from './new-file';
import { requireReason } from './order';
import type { Order } from './order';

const HEADER = ['reader_code', 'reader_type', 'college', 'grade', 'passed_at', 'mark', 'unlock'];
/** More pages than there can be: an answer that never ends is not followed for ever. */
const MAX_PAGES = 10_000;

/** `export`: who has passed, as a CSV file that only its owner can read. */
export const exportPasses: Order = async (setting) => {
  const { args, call, out, tell, confirm } = setting;
  const file = args.out;
  if (file === undefined) throw wrong('--out names the file to be written', '请用 --out 写出文件名');
  const reason = requireReason(setting);
  await confirm({
    en: `Write who has passed to ${file}? The file is about readers: keep it no longer than it is needed.`,
    zh: `把通过名单写入 ${file}？文件涉及读者信息，用完请删除。`,
  });
  let count = 0;
  await writeNewFile(file, async (handle) => {
    await handle.writeFile(toCsv([HEADER]));
    let after: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer: StaffOutput<'onboarding.export'> = await call('onboarding.export', {
        by: args.by,
        reason,
        ...(after !== undefined && { after }),
      });
      // The byte order mark stands at the beginning of the file only.
      await handle.writeFile(toCsv(answer.rows.map(toRow)).slice(1));
      count += answer.rows.length;
      tell(both({ en: number(count, 'row'), zh: `${count} 行` }));
      after = answer.next;
      if (after === undefined) break;
    }
    if (after !== undefined) throw new Refused({ en: 'the export does not end', zh: '导出没有尽头' });
  });
  out(
    both({ en: `Written: ${file}, ${number(count, 'reader')}.`, zh: `已写入 ${file}，共 ${count} 位读者。` }),
  );
  return 0;
};

const toRow = (row: StaffOutput<'onboarding.export'>['rows'][number]): string[] => [
  row.readerCode,
  row.readerType,
  row.college,
  row.grade,
  row.passedAt,
  String(row.mark),
  row.unlock,
];
