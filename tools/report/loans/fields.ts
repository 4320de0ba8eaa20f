/** What a row may tell of a loan. `reader`: the library system's own reference; `barcode` only tells loans apart. */
export const FIELDS = [
  'reader',
  'readerType',
  'loanId',
  'bibId',
  'barcode',
  'title',
  'author',
  'clc',
  'subjects',
  'loanedAt',
  'dueAt',
  'returnedAt',
  'renewals',
  'branch',
] as const;
export type Field = (typeof FIELDS)[number];

/** Headers that are understood, as `plainHeader` writes them; of class and call number the first that is there. */
export const ALIASES: Readonly<Record<Field, readonly string[]>> = {
  reader: [
    ...['reader', 'readerid', 'readerno', 'ref', 'patron', 'patronid', 'patronno', 'patronbarcode'],
    ...['borrower', 'borrowerid', 'borrowernumber', 'cardno', 'cardnumber', 'userid', 'certid', 'rdid'],
    ...['读者证号', '读者', '读者证', '读者号', '读者编号', '读者条码', '读者条码号', '读者条形码'],
    ...['证号', '证件号', '借书证号', '借阅证号', '一卡通号', '学工号', '学号'],
  ],
  readerType: [
    ...['readertype', 'patrontype', 'patrongroup', 'borrowertype', 'categorycode', 'usergroup', 'rdtype'],
    ...['读者类型', '读者类别', '读者级别', '读者类型代码'],
  ],
  loanId: [
    ...['loanid', 'loanno', 'issueid', 'checkoutid', 'circid', 'transactionid'],
    ...['借阅号', '借阅编号', '借阅记录号', '借阅流水号', '流水号', '借阅id'],
  ],
  bibId: [
    ...['bibid', 'bibno', 'biblionumber', 'marcno', 'marcrecno', 'bookrecno', 'recordid', 'instanceid'],
    ...['titleid', '书目号', '书目id', '书目记录号', '书目编号', '记录号', '控制号', 'marc记录号', '主键码'],
  ],
  barcode: [
    ...['barcode', 'itembarcode', 'bookbarcode', 'propno'],
    ...[
      '条码',
      '条码号',
      '条形码',
      '图书条码',
      '图书条码号',
      '馆藏条码',
      '馆藏条码号',
      '册条码',
      '财产号',
      '登录号',
    ],
  ],
  title: ['title', 'booktitle', '题名', '书名', '正题名', '图书名称', '题名书名'],
  author: ['author', 'authors', 'creator', '作者', '责任者', '著者', '主要责任者', '第一责任者'],
  clc: [
    ...['clc', 'clcnumber', '中图分类号', '中图法分类号', '分类号', 'class', 'classno', 'classnumber'],
    ...['索书号', '索取号', 'callno', 'callnumber', 'itemcallnumber'],
  ],
  subjects: ['subjects', 'subject', 'subjectheadings', '主题词', '主题', '主题标目', '关键词'],
  loanedAt: [
    ...['loanedat', 'loandate', 'loantime', 'checkout', 'checkoutdate', 'checkouttime', 'checkedoutat'],
    ...['issuedate', 'borrowdate', 'borrowtime', 'borrowedat', 'lenddate', 'dateout'],
    ...[
      '借出时间',
      '借出日期',
      '借出',
      '借书时间',
      '借书日期',
      '借阅时间',
      '借阅日期',
      '外借时间',
      '外借日期',
    ],
  ],
  dueAt: [
    ...['dueat', 'due', 'duedate', 'datedue', 'normretdate'],
    ...['应还', '应还时间', '应还日期', '应归还时间', '应归还日期', '到期日', '到期日期', '到期时间'],
  ],
  returnedAt: [
    ...['returnedat', 'returned', 'returndate', 'returntime', 'checkin', 'checkindate', 'checkintime'],
    ...['checkedinat', 'retdate', '归还', '归还时间', '归还日期', '还书时间', '还书日期'],
    ...['实际归还时间', '实际归还日期', '实还时间', '实还日期'],
  ],
  renewals: ['renewals', 'renewalcount', 'renewcount', 'renewtimes', '续借次数'],
  branch: [
    ...['branch', 'branchcode', 'library', 'location', 'locationcode'],
    ...['分馆', '馆藏地', '馆藏地点', '借出地点', '借书地点', '所在馆'],
  ],
};

/** "Loaned At", "loaned_at" and "loanedAt" are the same header. */
export const plainHeader = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-()[\]:*./]/gu, '');
