import type * as v from 'valibot';
import type { ReportCodeInput, ReportCodeOutput } from '../../../contracts/report/actions';
import type { Context } from '../../runtime/context';
import { requireFound } from '../../runtime/require';
import { countCall } from '../../stores/rates';
import { tokenOf } from '../../stores/report-shares';
import { findReport } from '../../stores/reports';
import { findPublished } from './find-published';

/** Where a link leads to. */
const SHARED_PAGE = 'packages/report/shared/shared';

/** Has WeChat draw a code that leads to a page with a parameter. @throws {AppError} UNSUPPORTED, BUSY */
export type DrawCode = (
  code: { page: string; scene: string } & Pick<v.InferOutput<typeof ReportCodeInput>, 'envVersion'>,
) => Promise<{ mime: v.InferOutput<typeof ReportCodeOutput>['mime']; bytes: Buffer }>;

/** The mini-program code of the open link to a report of the caller's. */
export async function makeCode(
  context: Context,
  { season, envVersion }: v.InferOutput<typeof ReportCodeInput>,
  drawCode: DrawCode,
): Promise<v.InferOutput<typeof ReportCodeOutput>> {
  const now = context.now();
  await countCall(context.openid, 'report.code', now);
  await findPublished(now, season);
  const document = requireFound(await findReport(context.openid, season), 'report');
  const scene = requireFound(tokenOf(context.desk(), document), 'link');
  const { mime, bytes } = await drawCode({ page: SHARED_PAGE, scene, envVersion });
  return { mime, base64: bytes.toString('base64') };
}
