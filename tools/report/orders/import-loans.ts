import { makeSpan } from '../../../cloudfunctions/features/report/engine/window';
import { wrong } from '../../staff/arguments';
import { both, number, Refused } from '../../staff/says';
import { StaffFault } from '../../staff/call-staff';
import type { Arguments } from '../arguments';
import { describeFindings, describeSurvey } from '../loans/describe-survey';
import { makeParts, nothingParted } from '../loans/make-parts';
import type { Parted } from '../loans/make-parts';
import { openSource } from '../loans/open-source';
import type { Source } from '../loans/open-source';
import { makePrivateFolder } from '../loans/private-folder';
import { sendParts } from '../loans/send-parts';
import { inThousands as n, Progress } from '../loans/show-progress';
import { stopped, surveyLoans } from '../loans/survey-loans';
import type { Reading, Survey } from '../loans/survey-loans';
import { requireSeason } from './order';
import type { Order } from './order';
import { describeStatus } from './show-status';

type Setting = Parameters<Order>[0];

/** As many parts as the contract can number. */
const MAX_PARTS = 10_000;

/**
 * `history:import FILE`: checks a file of loans of any length and makes it the import of a year, whole or not at
 * all. Given again after it was cut off, it goes on.
 */
export const importLoans: Order = async (setting) => {
  const { args, interruption } = setting;
  const [file, ...more] = args.what;
  if (file === undefined || more.length > 0) throw wrong('name one file of loans', '请写出一个借阅记录文件');
  if (!args.dryRun) requireSeason(args);
  const source = await openSource(file);
  // A year that is not there is told before an hour of reading.
  const late = args.dryRun ? undefined : await findLate(setting);
  const signal = interruption();
  const folder = await makePrivateFolder();
  try {
    const progress = new Progress(setting.tell, setting.now);
    const survey = await surveyLoans(source, readingOf(args), folder.path, {
      watch: (stage, bytes, rows) => progress.reading(stage, bytes / source.size, rows),
      signal,
    });
    try {
      return await checkAndSend(setting, source, survey, { signal, late });
    } finally {
      await survey.buckets.close();
    }
  } finally {
    await folder.remove();
  }
};

/** How an import of readers who came late is read: as those before, for the loans have been counted. */
interface Late {
  returnsKnown: boolean;
}

async function findLate({ args, call, tell }: Setting): Promise<Late | undefined> {
  const { stage, returnsKnown } = await call('report.status', { by: args.by, season: requireSeason(args) });
  if (stage === 'open' || stage === 'gathering') return undefined;
  if (args.since !== undefined || args.noReturns) {
    throw new Refused({
      en: 'the year’s loans have been counted: --since and --no-returns stay as they were then',
      zh: '这一年度的借阅已经统计：--since 和 --no-returns 不能再改',
    });
  }
  tell(
    both({
      en: 'The year’s loans have been counted: of this import only readers who have opted in are kept, and it is read as the one before, whether it tells of returns and from which day it is complete.',
      zh: '这一年度的借阅已经统计：本次导入只保留已参加的读者；是否有归还时间、从哪一天起完整，均沿用以前导入的设定。',
    }),
  );
  return { returnsKnown };
}

function readingOf({ map, renewalColumn, dates, encoding, ...args }: Arguments): Reading {
  const [kind, year] = args.season?.split('-') ?? [];
  return {
    choice: { map, ...(renewalColumn !== undefined && { renewal: renewalColumn }) },
    ...(dates !== undefined && { order: dates }),
    ...(encoding !== undefined && { encoding }),
    ...(kind !== undefined && {
      window: makeSpan(kind === 'academic' ? 'academic' : 'calendar', Number(year)),
    }),
    isQuoted: !args.noQuotes,
    withoutReturns: args.noReturns,
    skipBadRows: args.skipBadRows,
  };
}

async function checkAndSend(
  setting: Setting,
  source: Source,
  survey: Survey,
  { signal, late }: { signal: AbortSignal; late: Late | undefined },
): Promise<0> {
  const { args, call, out, tell, confirm } = setting;
  const { seen, errors, warnings, id } = survey;
  for (const line of describeSurvey(source, survey, args.season)) out(line);
  for (const line of describeFindings(warnings, { en: 'doubts', zh: '疑问' })) tell(line);
  for (const line of describeFindings(errors, { en: 'errors', zh: '错误' })) tell(line);
  requireSound(survey, args);
  const isLate = late !== undefined;
  if (!isLate && args.since === undefined && beginsWithin(seen, args)) tell(both(NOTHING_EARLIER));
  if (late?.returnsKnown && seen.returned === 0) {
    throw new Refused({
      en: 'this file does not tell of returns, and the imports of this year do: all its loans would look as if they were still out',
      zh: '这个文件没有归还时间，而这一年度的导入有：其中的借阅会全部被当作还没有还',
    });
  }
  const parted = nothingParted();
  let parts = 0;
  for await (const part of makeParts(survey.buckets.read(), parted)) {
    if (signal.aborted) throw stopped();
    if (part.readers.length > 0) parts++;
  }
  if (parts > MAX_PARTS) {
    throw new Refused({
      en: `the file makes ${parts} parts, more than ${MAX_PARTS}: take fewer years`,
      zh: `文件分成 ${parts} 部分，超过 ${MAX_PARTS}：请减少年份`,
    });
  }
  const returnsKnown = !args.noReturns && seen.returned > 0;
  for (const line of describeParted(parted, parts, id, returnsKnown || isLate)) out(line);
  if (args.dryRun) {
    out(both({ en: 'Nothing was sent (--dry-run).', zh: '未发送（--dry-run）。' }));
    return 0;
  }
  const season = requireSeason(args);
  const place = isLate
    ? { en: 'It is used for readers who came late.', zh: '它只用于后来参加的读者。' }
    : { en: 'It takes the place of the one before.', zh: '它会取代以前的导入。' };
  await confirm({
    en: `Make these ${n(parted.loans)} loans of ${n(parted.readers)} readers the import of ${season}? ${place.en}`,
    zh: `把 ${n(parted.readers)} 位读者的 ${n(parted.loans)} 次借阅作为 ${season} 的导入？${place.zh}`,
  });
  const to = { by: args.by, season, import: id };
  const progress = new Progress(tell, setting.now);
  try {
    await sendParts(makeParts(survey.buckets.read(), nothingParted()), to, call, {
      progress: (part) => progress.sending(part, parts),
      signal,
    });
    const { readers, loans } = parted;
    const reading = isLate ? {} : { returnsKnown, importSince: args.since ?? null };
    const status = await call('report.imported', { ...to, parts, readers, loans, ...reading });
    out(both({ en: `Imported: ${number(loans, 'loan')}.`, zh: `已导入 ${loans} 次借阅。` }));
    for (const line of describeStatus(status, setting.now())) out(line);
  } catch (error) {
    if (error instanceof StaffFault) {
      tell(
        both({
          en: 'What has arrived is kept: the same command goes on.',
          zh: '已发送的部分会保留：再次运行同一命令即可继续。',
        }),
      );
    }
    throw error;
  }
  return 0;
}

const NOTHING_EARLIER = {
  en: 'Doubt: no loan lies before the year, so the file may hold the year alone, and no first loan is named: give --since FIRST-DAY unless your records really begin there.',
  zh: '疑问：没有一次借阅早于这一年，文件可能只有这一年的记录，报告不会说最早的一次借书。除非图书馆的记录确实从这时开始，请用 --since 起始日期 指明。',
};

/** No loan of a file lies before the year that is named. */
function beginsWithin({ firstDay }: Survey['seen'], args: Arguments): boolean {
  const { window } = readingOf(args);
  return window !== undefined && firstDay >= window.fromDay;
}

/** @throws {Refused} */
function requireSound({ seen, errors }: Survey, { skipBadRows }: Arguments): void {
  if (errors.total > 0 && !skipBadRows) {
    throw new Refused({
      en: `Nothing was sent: ${number(seen.badRows, 'row')} cannot be taken. Correct the file, or leave these rows out with --skip-bad-rows.`,
      zh: `没有发送任何内容：有 ${seen.badRows} 行无法采用。请改正文件，或用 --skip-bad-rows 略去这些行。`,
    });
  }
  if (seen.loans === 0) throw new Refused({ en: 'there are no loans', zh: '没有借阅记录' });
  if (seen.dated === 0) {
    throw new Refused({
      en: 'no loan has a date that can be read: is that the right column? --map loanedAt=COLUMN names it',
      zh: '没有一条借阅的借出时间能读懂：列对吗？请用 --map loanedAt=列名 指明',
    });
  }
}

function* describeParted(
  { readers, loans, derivedIds, repeatedIds }: Parted,
  parts: number,
  id: string,
  returnsKnown: boolean,
): Generator<string> {
  yield both({
    en: `${n(readers)} readers, ${n(loans)} loans, ${number(parts, 'part')}; import ${id}`,
    zh: `${n(readers)} 位读者，${n(loans)} 次借阅，分 ${parts} 部分；导入编号 ${id}`,
  });
  if (derivedIds > 0) {
    yield both({
      en: `${n(derivedIds)} loans have no id of their own: it is made from reader, copy or title, and time`,
      zh: `${n(derivedIds)} 次借阅没有编号：由读者、册或题名、时间生成`,
    });
  }
  if (repeatedIds > 0) {
    yield both({
      en: `${n(repeatedIds)} rows repeat a loan of the same reader: each counts once`,
      zh: `${n(repeatedIds)} 行与同一读者的另一行是同一次借阅：只计一次`,
    });
  }
  if (!returnsKnown) {
    yield both({
      en: 'No returns: cards about them will be left out, and nothing counts as still on loan',
      zh: '没有归还时间：不会有相关卡片，也不会把书当作尚未归还',
    });
  }
}
