/**
 * The answers that are understood, and the lengths of their fixed fields in
 * order (SIP 2.00, "Messages"). What follows are fields of variable length.
 */
export const ANSWER_FORMS = {
  '94': { ok: 1 },
  '98': {
    onlineStatus: 1,
    checkinOk: 1,
    checkoutOk: 1,
    renewalPolicy: 1,
    statusUpdateOk: 1,
    offlineOk: 1,
    timeoutPeriod: 3,
    retriesAllowed: 3,
    dateTime: 18,
    protocolVersion: 4,
  },
  '24': { patronStatus: 14, language: 3, date: 18 },
  '64': {
    patronStatus: 14,
    language: 3,
    date: 18,
    holdItems: 4,
    overdueItems: 4,
    chargedItems: 4,
    fineItems: 4,
    recallItems: 4,
    unavailableHolds: 4,
  },
  '18': { circulationStatus: 2, securityMarker: 2, feeType: 2, date: 18 },
  '30': { ok: 1, renewalOk: 1, magneticMedia: 1, desensitize: 1, date: 18 },
  '16': { ok: 1, available: 1, date: 18 },
} as const;

export type AnswerCode = keyof typeof ANSWER_FORMS;
/** The server could not read what it was sent, and asks for it again. */
export const RESEND_ASKED = '96';

export const isAnswerCode = (code: string): code is AnswerCode => Object.hasOwn(ANSWER_FORMS, code);
