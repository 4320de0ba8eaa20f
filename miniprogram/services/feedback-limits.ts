/**
 * Limits of contracts/feedback.ts and contracts/ask.ts, written again because the app takes only types from the contracts;
 * a test holds them against each other.
 */
export const MAX_FEEDBACK_TEXT = 2_500;
export const MAX_PICTURES = 4;
export const MAX_PICTURE_BYTES = 5 * 1024 * 1024;
export const MAX_READER_ENTRIES = 19;
export const MAX_QUESTION_TEXT = 500;
