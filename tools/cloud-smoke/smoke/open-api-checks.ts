import { failureOf, yesOr, type Bench, type Check } from './check';

/** On the real cloud `templateId` of the event must be one of the account's own templates with a `thing1`. */
const message = ({ event, wx, openApi }: Bench, data: object): Promise<unknown> =>
  openApi.subscribeMessage.send({
    touser: wx.getWXContext().OPENID,
    templateId: event['templateId'] ?? 'tmpl-smoke',
    data: { thing1: { value: '测试' } },
    ...data,
  });

export const openApiChecks: readonly Check[] = [
  {
    name: 'openapi.no-credit',
    claim: 'a subscribe message to a reader who has not accepted one fails with 43101',
    expected: '43101',
    run: async (bench) => failureOf(message(bench, {})),
  },
  {
    name: 'openapi.field-too-long',
    claim: 'a thing of more than 20 characters fails with 47003, before credits are looked at',
    expected: '47003',
    run: async (bench) => failureOf(message(bench, { data: { thing1: { value: '书'.repeat(21) } } })),
  },
  {
    name: 'openapi.bad-template',
    claim: 'an empty template id fails with 40037',
    expected: '40037',
    run: async (bench) => failureOf(message(bench, { templateId: '' })),
  },
  {
    name: 'openapi.bad-openid',
    claim: 'an openid that is not one fails with 40003',
    expected: '40003',
    run: async (bench) => failureOf(message(bench, { touser: 'not an openid' })),
  },
  {
    name: 'openapi.no-permission',
    claim: 'an API that config.json does not name fails with -604101',
    expected: '-604101',
    run: async ({ openApi }) =>
      failureOf(
        openApi.customerServiceMessage.send({ touser: 'x', msgtype: 'text', text: { content: 'x' } }),
      ),
  },
  {
    name: 'openapi.text-check',
    claim: 'msgSecCheck 2.0 of a harmless text by the reader who is here passes',
    expected: 'pass',
    run: async ({ wx, openApi }) => {
      const openid = wx.getWXContext().OPENID;
      const request = { content: '今天借了一本好书', version: 2, scene: 2, openid };
      const { result } = await openApi.security.msgSecCheck(request);
      return String(result?.suggest);
    },
  },
  {
    name: 'openapi.code',
    claim: 'wxacode.getUnlimited answers the bytes of a picture',
    expected: 'yes',
    run: async ({ openApi }) => {
      const answer = await openApi.wxacode.getUnlimited({ scene: 'smoke=1', checkPath: false });
      return yesOr(
        /^image\//.test(answer.contentType ?? '') && Buffer.isBuffer(answer.buffer),
        answer.contentType,
      );
    },
  },
];
