import type { Named } from '../../contracts/catalog';

export const DEMO_NAME = '书童示范大学图书馆';
export const DEMO_TIME_ZONE = 'Asia/Shanghai';
/** China has had one offset and no summer time since 1992. */
export const DEMO_OFFSET = '+08:00';

export const BRANCHES: readonly Named[] = [
  { code: 'MAIN', name: '主馆' },
  { code: 'EAST', name: '东校区分馆' },
  { code: 'MED', name: '医学分馆' },
];

export const SHORT_LOAN_ROOM = 'MAIN-SHORT';

export const ROOMS: readonly (Named & { branch: string })[] = [
  { code: 'MAIN-SOC', name: '社会科学书库（三楼）', branch: 'MAIN' },
  { code: 'MAIN-LIT', name: '文学艺术书库（四楼）', branch: 'MAIN' },
  { code: 'MAIN-SCI', name: '自然科学书库（五楼）', branch: 'MAIN' },
  { code: 'MAIN-FOREIGN', name: '外文书库（六楼）', branch: 'MAIN' },
  { code: SHORT_LOAN_ROOM, name: '教参短借书库（一楼）', branch: 'MAIN' },
  { code: 'MAIN-REF', name: '工具书阅览室（二楼）', branch: 'MAIN' },
  { code: 'EAST-HUM', name: '人文社科借阅区（一楼）', branch: 'EAST' },
  { code: 'EAST-SCI', name: '理工借阅区（二楼）', branch: 'EAST' },
  { code: 'EAST-REF', name: '阅览区（二楼东侧）', branch: 'EAST' },
  { code: 'MED-STACK', name: '医学书库', branch: 'MED' },
  { code: 'MED-READ', name: '综合借阅室', branch: 'MED' },
  { code: 'MED-REF', name: '医学阅览室', branch: 'MED' },
];
