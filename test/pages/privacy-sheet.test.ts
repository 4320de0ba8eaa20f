import { beforeEach, describe, expect, it } from '@jest/globals';
import { handlePrivacyAuthorization } from '../../miniprogram/services/privacy';
import { fakePhone, zh } from './support/fake-wx';
import { open, type Opened } from './support/open-page';

type Listener = (resolve: (answer: object) => void) => void;
let ask: Listener;
let answers: object[];

function question(): Opened {
  const sheet = open('components/privacy-sheet/privacy-sheet', {});
  ask((answer) => answers.push(answer));
  return sheet;
}

beforeEach(() => {
  fakePhone();
  answers = [];
  Object.assign(wx, { onNeedPrivacyAuthorization: (listener: Listener) => (ask = listener) });
  handlePrivacyAuthorization();
});

describe('the question of consent', () => {
  it('is put when WeChat wants it, and WeChat is told that it was', () => {
    const sheet = question();
    expect(sheet.data['visible']).toBe(true);
    expect(sheet.text()).toContain(zh.consent.text);
    expect(answers).toEqual([{ event: 'exposureAuthorization' }]);
  });

  it('passes a yes with the button that was pressed', () => {
    const sheet = question();
    sheet.instance['onAgree']?.();
    expect(answers.at(-1)).toEqual({ event: 'agree', buttonId: 'privacy-agree' });
    expect(sheet.find('#privacy-agree')).toBeDefined();
    expect(sheet.data['visible']).toBe(false);
  });

  it('takes closing the sheet for a no, once', () => {
    const sheet = question();
    sheet.instance['onRefuse']?.();
    sheet.instance['onRefuse']?.();
    expect(answers.slice(1)).toEqual([{ event: 'disagree' }]);
  });
});
