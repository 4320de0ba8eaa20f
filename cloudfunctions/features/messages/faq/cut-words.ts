/** Cuts a run of Han characters into words. */
export type CutWords = (han: string) => string[];
