import type { CertificateOutput } from '../../../../contracts/onboarding/index';
import { fill, type Language, type Texts } from '../../../i18n/index';
import { dayAtHome, dayText } from '../../../lib/dates';
import { lastKnownLibrary } from '../../../services/library';
import { groupCode } from '../verify/certificate-code';
import type { CertificateWords } from './draw-certificate';

export function certificateWords(
  certificate: CertificateOutput,
  { certificate: t }: Texts,
  language: Language,
): CertificateWords {
  const { maskedName = '', passedAt, mark, code, hasRead } = certificate;
  const statement = maskedName === '' ? t.statementPlain : t.statement;
  const library = certificate.library ?? lastKnownLibrary()?.library.name ?? '';
  return {
    library: library === '' ? t.library : library,
    heading: t.heading,
    name: maskedName,
    statement: hasRead ? statement.read : statement.passed,
    date: { label: t.date, value: dayText(dayAtHome(passedAt), language, '') },
    mark: { label: t.mark, value: fill(t.markOf, { n: mark }) },
    code: { label: t.code, value: groupCode(code) },
    codeHint: t.codeHint,
    seal: t.seal,
  };
}
