import path from 'node:path';
import type { BankItem } from '../../../contracts/onboarding/bank';
import { wrong } from '../../staff/arguments';
import { digestBank, inOrder } from '../bank/digest-bank';
import { makeWorkbook } from '../bank/make-workbook';
import { readTable } from '../bank/read-bank-file';
import { readShippedBank } from '../bank/shipped-bank';
import { toRow, toSheetForm } from '../bank/to-row';
import { StaffFault } from '../../staff/call-staff';
import type { CallStaff } from '../../staff/call-staff';
import { fetchBank } from '../fetch-bank';
import { both, number, Refused, Unsound } from '../../staff/says';
import { readXlsx } from '../table/read-xlsx';
import { writeNewFile } from './new-file';
import type { Order } from './order';

/**
 * `export-bank FILE.xlsx`: a bank as a spreadsheet that `import` takes. It is read
 * back before it is written, so that nothing is lost on the way.
 */
export const exportBank: Order = async ({ args, call, out, tell, today }) => {
  const [file] = args.what;
  if (file === undefined || path.extname(file).toLowerCase() !== '.xlsx') {
    throw wrong('name the .xlsx file to be written', '请写出要写入的 .xlsx 文件名');
  }
  const { version, target } = args;
  if (version !== undefined && !target)
    throw wrong('--version needs --local or --env', '--version 需要 --local 或 --env');
  if (version !== undefined && !/^[a-f0-9]{16}$/.test(version)) {
    throw wrong(
      '--version: 16 digits and letters as import prints them',
      '--version 为导入时显示的 16 位版本号',
    );
  }
  const items = target ? await fetchItems(args.by, call, version) : (await readShippedBank(today)).items;
  const kept = inOrder(items).map(toSheetForm);
  const bytes = await makeWorkbook(kept.map(toRow));
  await requireSame(path.basename(file), bytes, kept);
  await writeNewFile(file, (handle) => handle.writeFile(bytes));
  const digest = digestBank(kept);
  if (digest !== digestBank(items)) {
    tell(
      both({
        en: 'Some options have other letters in a spreadsheet; the questions are the same.',
        zh: '部分选项在表格中换了字母，题目不变。',
      }),
    );
  }
  out(
    both({
      en: `Written: ${file}, ${number(items.length, 'question')} with their answers, version ${digest}.`,
      zh: `已写入 ${file}，共 ${items.length} 道题（含答案），版本 ${digest}。`,
    }),
  );
  return 0;
};

/** @throws {Refused} when the version that is named was never published there */
async function fetchItems(by: string, call: CallStaff, version: string | undefined): Promise<BankItem[]> {
  try {
    return (await fetchBank(by, call, version)).items;
  } catch (error) {
    if (version === undefined || !(error instanceof StaffFault) || error.code !== 'NOT_FOUND') throw error;
    throw new Refused({
      en: `no bank of version ${version} was published here; import prints the version of each`,
      zh: `这里没有发布过版本为 ${version} 的题库；导入时会显示版本号`,
    });
  }
}

/** @throws {Unsound|Refused} when the import would not read it as what it was made from */
async function requireSame(file: string, bytes: Buffer, kept: readonly BankItem[]): Promise<void> {
  const { items, problems } = readTable(await readXlsx(file, bytes));
  if (problems.length > 0) throw new Unsound(problems);
  if (digestBank(items.map(({ item }) => item)) === digestBank(kept)) return;
  throw new Refused({
    en: 'the bank has texts that a spreadsheet would change, e.g. spaces at an end; keep it as JSON',
    zh: '题库中有表格会改动的文字（如首尾空格），请仍用 JSON 保存',
  });
}
