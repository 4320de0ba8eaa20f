import type { CertificateOutput } from '../../../../contracts/onboarding/index';
import { fill, type Language, type Texts } from '../../../i18n/index';
import { dayText, today } from '../../../lib/dates';
import { lastKnownLibrary } from '../../../services/library';
import { groupCode } from '../verify/certificate-code';
import type { CertificateWords } from './draw-certificate';

export function certificateWords(
  certificate: CertificateOutput,
  { certificate: t }: Texts,
  language: Language,
): CertificateWords {
  const { maskedName = '', passedAt, mark, code } = certificate;
  const library = certificate.library ?? lastKnownLibrary()?.library.name ?? '';
  return {
    library: library === '' ? t.library : library,
    heading: t.heading,
    name: maskedName,
    statement: maskedName === '' ? t.statementPlain : t.statement,
    date: { label: t.date, value: dayText(today(new Date(passedAt)), language, '') },
    mark: { label: t.mark, value: fill(t.markOf, { n: mark }) },
    code: { label: t.code, value: groupCode(code) },
    codeHint: t.codeHint,
    seal: t.seal,
  };
}
