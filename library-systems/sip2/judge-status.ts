import type { Finding } from '../connected-system';
import type { CharsetEvidence } from './charset-evidence';
import type { Sip2Config } from './config';
import { readDate } from './times';
import { CHARSETS } from './wire/charset';
import { first } from './wire/parse-answer';
import type { Answer } from './wire/parse-answer';

/** Clocks that differ by less than this agree, in milliseconds. */
const CLOCK_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

/** Places in BX (SIP 2.00, "Supported messages"), of what the adapter uses. */
const SUPPORTED = [
  [0, '23', 'signIn', ({ signIn }: Sip2Config) => signIn === '23'],
  [7, '63', 'signIn, loans, holds, fines', () => true],
  [10, '17', 'loans, itemStates', ({ itemStates, loans }: Sip2Config) => itemStates || loans],
  [13, '15', 'holds', ({ holds }: Sip2Config) => holds !== undefined],
  [14, '29', 'loans', ({ loans }: Sip2Config) => loans],
] as const;

/** What the ACS status (98) says beside what is configured. */
export function judgeStatus(config: Sip2Config, status: Answer<'98'>): Finding[] {
  const findings: Finding[] = [];
  const say = (topic: Finding['topic'], level: Finding['level'], text: string): void =>
    void findings.push({ topic, level, text });
  const { onlineStatus, renewalPolicy, protocolVersion, timeoutPeriod } = status.fixed;

  if (onlineStatus === 'N')
    say('protocol', 'error', 'The server says that the library system is offline (98).');
  if (!/^2/.test(protocolVersion)) {
    say(
      'protocol',
      'error',
      `The server speaks version ${protocolVersion.trim()} of the protocol; 2.00 is needed.`,
    );
  }
  const institution = first(status, 'AO') ?? '';
  if (institution !== '' && institution !== config.institution) {
    const text = `The server calls the library "${institution}" (AO); "institution" is "${config.institution}".`;
    say(
      'institution',
      config.institution === '' ? 'warning' : 'error',
      `${text} Set it to "${institution}".`,
    );
  } else if (institution !== '')
    say('institution', 'ok', `The institution is "${institution}" on both sides.`);

  const supported = first(status, 'BX') ?? '';
  for (const [place, code, setting, isNeeded] of SUPPORTED) {
    if (supported[place] !== 'N' || !isNeeded(config)) continue;
    say('configuration', 'error', `The server does not do message ${code} (BX); "${setting}" needs it.`);
  }
  if (config.holds === undefined && supported[13] === 'Y') {
    say('configuration', 'ok', 'The server takes holds (15); they are not configured ("holds").');
  }
  if (config.loans && renewalPolicy === 'N') {
    say(
      'configuration',
      'warning',
      'The server says that it renews nothing for us (98): ask for that permission.',
    );
  }
  // In tenths of a second; 999 stands for unknown (SIP 2.00, "Timeout period").
  const waits = Number(timeoutPeriod) * 100;
  if (Number.isFinite(waits) && timeoutPeriod !== '999' && waits > config.timeoutMs) {
    const text = `The server may take ${waits} ms for an answer, "timeoutMs" is ${config.timeoutMs}.`;
    say('configuration', 'warning', `${text} An answer that comes later is taken for lost.`);
  }
  return findings;
}

/** The server's clock beside ours. Times in SIP2 carry no zone, so this is how a wrong one shows. */
export function judgeClock(config: Sip2Config, { fixed }: Answer<'98'>, now: number): Finding[] {
  const { timeZone } = config;
  const off = (zone: string): number | undefined => {
    const read = readDate(fixed.dateTime, zone, zone);
    return read === undefined || read.length === 10 ? undefined : Date.parse(read) - now;
  };
  const local = off(timeZone);
  const utc = off('UTC');
  if (local === undefined || utc === undefined) {
    return [{ topic: 'timeZone', level: 'warning', text: 'The server’s clock (98) cannot be read.' }];
  }
  if (Math.abs(local) < CLOCK_MS) {
    return [{ topic: 'timeZone', level: 'ok', text: `The server’s clock agrees with ours in ${timeZone}.` }];
  }
  if (Math.abs(utc) < CLOCK_MS) {
    const text =
      `The server stamps its messages in UTC without saying so; "timeZone" is ${timeZone}. Some servers do so and ` +
      'still send due dates in local time. Compare a due date with the library’s own pages: if it is early by the ' +
      'offset of the zone, set "dueTimeZone" to "UTC".';
    return [{ topic: 'timeZone', level: 'warning', text }];
  }
  const hours = local / HOUR_MS;
  const rounded = Math.round(hours * 2) / 2;
  const isWhole = Math.abs(hours - rounded) * HOUR_MS < CLOCK_MS && Math.abs(rounded) <= 26;
  const text = isWhole
    ? `The server’s clock is ${Math.abs(rounded)} h ${rounded > 0 ? 'ahead of' : 'behind'} ours in ${timeZone}: ` +
      'set "timeZone" (and "dueTimeZone") to the zone of the server, or have its clock put right.'
    : `The server’s clock is ${Math.round(Math.abs(local) / 60_000)} minutes ${local > 0 ? 'ahead of' : 'behind'} ours: have one of them put right.`;
  return [{ topic: 'timeZone', level: 'error', text }];
}

/** Whether answers make sense in the configured character set, and if not, in which they do. */
export function judgeCharset({ charset }: Sip2Config, evidence: CharsetEvidence): Finding[] {
  if (evidence.answers === 0) {
    const text = `No answer held more than ASCII, so "charset" (${charset}) was not tested. Set "sampleBarcode" to a copy with a Chinese title.`;
    return [{ topic: 'charset', level: 'warning', text }];
  }
  if (evidence.share(charset) === 1) {
    return [{ topic: 'charset', level: 'ok', text: `The texts are ${charset}, as configured.` }];
  }
  const better = CHARSETS.find((one) => evidence.share(one) === 1);
  if (better !== undefined) {
    const text = `Checksums are right, but the texts are no ${charset}; all of them fit ${better}. Set "charset" to "${better}".`;
    return [{ topic: 'charset', level: 'error', text }];
  }
  const share = Math.round(evidence.share(charset) * 100);
  const text = `Only ${share} % of the texts are whole in ${charset}, and no other known character set fits better: the server may cut long titles in the middle of a character.`;
  return [{ topic: 'charset', level: 'warning', text }];
}
