import { text, readSettings } from '../settings';
import { askPrivacyConsent, showText } from '../ui/questions';
import { asyncCall, WxFailure } from './call';

interface Answer {
  event: 'agree' | 'disagree' | 'exposureAuthorization';
  buttonId?: string;
}
type Listener = (resolve: (answer: Answer) => void, info: { referrer: string }) => void;

let listener: Listener | undefined;
const key = (): string => `preview.privacy.${readSettings().openid}`;
const agreed = (): boolean => localStorage.getItem(key()) === 'agreed';

export function agreeToPrivacy(): void {
  localStorage.setItem(key(), 'agreed');
}

/** Asks once, by the page's own way if it has one; resolves with whether the reader has agreed. */
async function consent(referrer: string): Promise<boolean> {
  if (agreed()) return true;
  const yes = listener ? await askByPage(listener, referrer) : await askPrivacyConsent();
  if (yes) agreeToPrivacy();
  return yes;
}

const askByPage = (ask: Listener, referrer: string): Promise<boolean> =>
  new Promise((resolve) => {
    ask(
      (answer) => {
        if (answer.event !== 'exposureAuthorization') resolve(answer.event === 'agree');
      },
      { referrer },
    );
  });

/** A call that WeChat refuses until the reader has agreed to the privacy guidelines. */
export function privateCall<O extends object>(
  name: string,
  options: readonly (keyof O & string)[],
  run: (options: O) => object | void | Promise<object | void>,
): ReturnType<typeof asyncCall<O>> {
  return asyncCall<O>(name, options, async (given) => {
    if (!(await consent(name))) {
      throw new WxFailure('privacy permission is not authorized', { errno: 104 });
    }
    return run(given);
  });
}

export const privacy = {
  onNeedPrivacyAuthorization: (ask: Listener): void => {
    listener = ask;
  },
  requirePrivacyAuthorize: asyncCall('requirePrivacyAuthorize', [], async () => {
    if (!(await consent('requirePrivacyAuthorize'))) {
      throw new WxFailure('privacy permission is not authorized', { errno: 104 });
    }
  }),
  getPrivacySetting: asyncCall('getPrivacySetting', [], () => ({
    needAuthorization: !agreed(),
    privacyContractName: text('《书童小程序隐私保护指引》', 'Privacy guidelines of Shutong'),
  })),
  openPrivacyContract: asyncCall('openPrivacyContract', [], () => {
    void showText(
      text('隐私保护指引', 'Privacy guidelines'),
      text(
        '在微信里，这里显示小程序后台登记的隐私保护指引。',
        'In WeChat this shows the privacy guidelines that are registered for the mini program.',
      ),
    );
  }),
};
