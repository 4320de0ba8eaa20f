import type { FaultCode } from '../../../contracts/result';
import type { STAGES } from '../../../contracts/report/staff';
import type { StaffOutput } from '../../staff/call-staff';
import { timeAtHome } from '../../staff/local-time';
import { both, number } from '../../staff/says';
import type { Says } from '../../staff/says';
import { inThousands as n } from '../loans/show-progress';
import { requireSeason } from './order';
import type { Order } from './order';

export type Status = StaffOutput<'report.status'>;
type Stage = (typeof STAGES)[number];

/** `status YEAR`. */
export const showStatus: Order = async ({ args, call, out, now }) => {
  const status = await call('report.status', { by: args.by, season: requireSeason(args) });
  if (args.json) out(JSON.stringify(status, null, 2));
  else for (const line of describeStatus(status, now())) out(line);
  return 0;
};

const STAGE_WORDS: Record<Stage, Says> = {
  open: { en: 'open: readers can opt in', zh: '已开启：读者可以参加' },
  gathering: { en: 'asking the library for loans', zh: '正在向图书馆系统查询借阅' },
  counting: { en: 'counting the library’s figures', zh: '正在统计全馆数字' },
  discarding: {
    en: 'removing the loans of those who did not opt in',
    zh: '正在删除未参加读者的借阅记录',
  },
  computing: { en: 'making the reports', zh: '正在制作报告' },
  ready: { en: 'ready, not published', zh: '已备好，尚未发布' },
  published: { en: 'published', zh: '已发布' },
};

/** Stages in which the job goes on by itself. */
const WORKING: ReadonlySet<Stage> = new Set(['gathering', 'counting', 'discarding', 'computing']);
/** The job runs each minute; after so long without a step something keeps it, ms. */
const STUCK_MS = 15 * 60_000;

const TROUBLES: Partial<Record<FaultCode | 'UNREACHABLE' | 'TIMEOUT' | 'GARBLED' | 'REJECTED', Says>> = {
  LIBRARY_UNREACHABLE: { en: 'the library’s system does not answer', zh: '图书馆系统没有响应' },
  UNREACHABLE: { en: 'the library’s system does not answer', zh: '图书馆系统没有响应' },
  TIMEOUT: { en: 'the library’s system answers too late', zh: '图书馆系统响应超时' },
  GARBLED: { en: 'the library’s system answers unintelligibly', zh: '图书馆系统的响应无法识别' },
  REJECTED: { en: 'the library’s system refuses to be asked', zh: '图书馆系统拒绝查询' },
  UNSUPPORTED: { en: 'the library’s system tells of no past loans', zh: '图书馆系统不提供借阅历史' },
  NOT_CONFIGURED: {
    en: 'the function jobs lacks settings; its log says which',
    zh: '云函数 jobs 缺少配置，见其日志',
  },
  BUSY: { en: 'another run is at work', zh: '另一次运行正在进行' },
  INTERNAL: {
    en: 'a defect in Shutong; the log of the function jobs says which',
    zh: '书童的内部错误，见云函数 jobs 的日志',
  },
};

/** @param now ms since the epoch */
export function* describeStatus(status: Status, now: number): Generator<string> {
  const { season, window, stage, asOf, publishAt, optedIn, states, counted, movedAt, trouble } = status;
  yield `${season} (${window.from} – ${window.to}): ${both(STAGE_WORDS[stage])}`;
  if (asOf !== undefined) yield `  ${both({ en: 'snapshot of', zh: '快照时间' })} ${timeAtHome(asOf)}`;
  if (publishAt !== undefined)
    yield `  ${both({ en: 'to be published at', zh: '定于发布' })} ${timeAtHome(publishAt)}`;
  const { lateImports } = status;
  if (status.import || lateImports === 0) yield `  ${describeImport(status.import)}`;
  if (lateImports > 0)
    yield `  ${both({ en: `${number(lateImports, 'import')} for late readers`, zh: `为后来参加的读者导入 ${n(lateImports)} 次` })}`;
  yield `  ${both({ en: `${n(optedIn)} readers opted in`, zh: `${n(optedIn)} 位读者参加` })}`;
  if (counted > 0)
    yield `  ${both({ en: `loans of ${n(counted)} readers counted`, zh: `已统计 ${n(counted)} 位读者的借阅` })}`;
  if (stage !== 'open') {
    const { made, waiting, noSource, signIn, unreachable, denied } = states;
    yield `  ${both({
      en: `reports: ${n(made)} made, ${n(waiting)} waiting, ${n(noSource)} without any source, ${n(signIn)} whose session at the library has ended, ${n(unreachable)} the library did not answer for, ${n(denied)} it does not serve`,
      zh: `报告：已制作 ${n(made)}，等待 ${n(waiting)}，没有来源 ${n(noSource)}，图书馆登录已失效 ${n(signIn)}，图书馆未响应 ${n(unreachable)}，图书馆不提供服务 ${n(denied)}`,
    })}`;
  }
  if (movedAt !== undefined)
    yield `  ${both({ en: 'last step at', zh: '最近一次推进' })} ${timeAtHome(movedAt)}`;
  if (trouble !== undefined) yield `  ${both(describeTrouble(trouble))}`;
  yield `${both({ en: 'Next', zh: '下一步' })}: ${both(nextStep(status, now))}`;
}

function describeImport(imported: Status['import']): string {
  if (!imported) return both({ en: 'no import', zh: '没有导入' });
  const { id, readers, loans, whole } = imported;
  const counts = {
    en: `${n(loans)} loans of ${n(readers)} readers`,
    zh: `${n(readers)} 位读者的 ${n(loans)} 次借阅`,
  };
  return whole
    ? both({ en: `import ${id}: ${counts.en}`, zh: `导入 ${id}：${counts.zh}` })
    : both({
        en: `import ${id} is not whole: give the same history:import again`,
        zh: `导入 ${id} 不完整：请再次运行同一 history:import 命令`,
      });
}

function describeTrouble(code: string): Says {
  const words = TROUBLES[code as keyof typeof TROUBLES];
  return {
    en: `trouble: ${words ? `${words.en} (${code})` : code}`,
    zh: `受阻：${words ? `${words.zh}（${code}）` : code}`,
  };
}

function nextStep(
  { season, stage, asOf, publishAt, states, movedAt, trouble, ...rest }: Status,
  now: number,
): Says {
  if (WORKING.has(stage)) return whileWorking(movedAt ?? asOf, trouble, now);
  switch (stage) {
    case 'open':
      if (rest.import && !rest.import.whole)
        return { en: 'the same history:import again', zh: '再次运行同一 history:import 命令' };
      return rest.import
        ? { en: `when the year is over: report:start ${season}`, zh: `年度结束后：report:start ${season}` }
        : {
            en: `history:import, if the library's system tells of no past loans or for figures of the whole library; when the year is over: report:start ${season}`,
            zh: `如图书馆系统不提供借阅历史，或需要全馆数字：history:import；年度结束后：report:start ${season}`,
          };
    case 'ready':
      return publishAt === undefined || Date.parse(publishAt) <= now
        ? {
            en: `report:preview ${season}, then report:publish ${season}`,
            zh: `report:preview ${season}，然后 report:publish ${season}`,
          }
        : {
            en: `report:preview ${season}; it is published by itself at the time above`,
            zh: `report:preview ${season}；到上述时间会自动发布`,
          };
    default:
      return states.waiting > 0
        ? { en: 'nothing: late reports are being made', zh: '无需操作：后来参加者的报告正在制作' }
        : {
            en: `nothing; report:withdraw ${season} takes it back`,
            zh: `无需操作；report:withdraw ${season} 可撤回`,
          };
  }
}

function whileWorking(movedAt: string | undefined, trouble: string | undefined, now: number): Says {
  const isStuck = movedAt !== undefined && now - Date.parse(movedAt) > STUCK_MS;
  if (!isStuck && trouble === undefined)
    return { en: 'wait; the job goes on each minute', zh: '请等待，任务每分钟推进' };
  if (trouble !== undefined)
    return {
      en: 'see to the trouble above; the job tries again by itself',
      zh: '请处理上面的问题；任务会自动重试',
    };
  return {
    en: 'no step for more than 15 minutes: is the function jobs deployed, with its trigger, and what says its log?',
    zh: '超过 15 分钟没有推进：请检查云函数 jobs 是否已部署、触发器是否启用，并查看日志',
  };
}
