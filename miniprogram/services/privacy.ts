type Decide = (
  answer: { event: 'agree'; buttonId: string } | { event: 'disagree' } | { event: 'exposureAuthorization' },
) => void;

let waiting: Decide[] = [];
const askers = new Set<() => void>();

/**
 * Registers once, for the whole app, with WeChat's privacy check: the first call of an ability that
 * needs consent waits until the sheet on the page shown (components/privacy-sheet) is answered.
 */
export function handlePrivacyAuthorization(): void {
  wx.onNeedPrivacyAuthorization((given) => {
    // The declarations call this a result; the documentation, and WeChat, pass a function.
    const decide = given as unknown as Decide;
    waiting.push(decide);
    for (const ask of askers) ask();
    // WeChat counts the question as put only when it is told so.
    decide({ event: 'exposureAuthorization' });
  });
}

/** @returns how to stop being asked */
export function onPrivacyQuestion(ask: () => void): () => void {
  askers.add(ask);
  return () => void askers.delete(ask);
}

/** Passes the reader's answer to every call that waits for it. */
export function answerPrivacy(agreed: boolean, buttonId: string): void {
  const calls = waiting;
  waiting = [];
  for (const resolve of calls) resolve(agreed ? { event: 'agree', buttonId } : { event: 'disagree' });
}
