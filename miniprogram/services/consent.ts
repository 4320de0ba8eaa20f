/**
 * The version of the consent text in i18n (`bind.consent`). Whoever changes that text raises this and
 * CONSENT_VERSION of contracts/cards.ts together; a test holds one against the other. It is written
 * twice because the app takes only types from the contracts.
 */
export const CONSENT_VERSION = 1;
