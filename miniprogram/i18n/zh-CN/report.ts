/** What pages outside the annual report say of it; its own texts lie in its package. */
export const report = {
  report: {
    name: '阅读报告',
    rowHint: '一年里借过的书，讲成一个故事',
    rowNew: '写好了',
    calendarYear: '{year} 年',
    academicYear: '{year}–{next} 学年',
    readyTitle: '你的 {year}阅读报告写好了',
    readyText: '十几张卡片，两分钟',
    inviteTitle: '{year}，你读了些什么？',
    inviteText: '要不要写一份阅读报告，由你定',
  },
};
