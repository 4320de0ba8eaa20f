import type { Language } from '../../i18n/index';

/** Chinese names of the registration groups whose books Chinese libraries hold most; the ISBN agency names them in English. */
const CHINESE: Record<string, string> = {
  'English language': '英语',
  'French language': '法语',
  'German language': '德语',
  Japan: '日本',
  'former U.S.S.R': '俄语地区',
  Russia: '俄罗斯',
  "China, People's Republic": '中国大陆',
  Taiwan: '中国台湾',
  'Hong Kong, China': '中国香港',
  'Macau, China': '中国澳门',
  'Korea, Republic': '韩国',
  'Korea, P.D.R.': '朝鲜',
  Spain: '西班牙',
  Italy: '意大利',
  Brazil: '巴西',
  Portugal: '葡萄牙',
  India: '印度',
  Singapore: '新加坡',
  Malaysia: '马来西亚',
  Thailand: '泰国',
  Vietnam: '越南',
  Mongolia: '蒙古',
  Netherlands: '荷兰',
  Sweden: '瑞典',
  Denmark: '丹麦',
  Norway: '挪威',
  Finland: '芬兰',
  Poland: '波兰',
  'United States': '美国',
  France: '法国',
};

export function areaName(area: string, language: Language): string {
  return language === 'en' ? area : (CHINESE[area] ?? area);
}
