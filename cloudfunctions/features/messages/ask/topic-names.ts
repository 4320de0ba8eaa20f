/** What the topics of content/faq are called, in the order in which they are shown. */
export const TOPIC_NAMES: Readonly<Record<string, { zh: string; en: string }>> = {
  borrowing: { zh: '借书还书', en: 'Borrowing and returning' },
  renewing: { zh: '续借', en: 'Renewing' },
  holds: { zh: '预约', en: 'Holds' },
  'overdue-and-fines': { zh: '过期与欠款', en: 'Overdue books and fines' },
  'finding-books': { zh: '找到书架上的书', en: 'Finding a book on the shelves' },
  searching: { zh: '检索', en: 'Searching' },
  'e-resources': { zh: '电子资源', en: 'Electronic resources' },
  hours: { zh: '开放时间', en: 'Opening hours' },
  'seats-and-rooms': { zh: '座位与研讨间', en: 'Seats and rooms' },
  'printing-and-devices': { zh: '打印与设备', en: 'Printing and devices' },
  'card-and-binding': { zh: '借阅证与绑定', en: 'The card and binding it' },
  'thesis-and-services': { zh: '论文与服务', en: 'Theses and services' },
  conduct: { zh: '在馆里', en: 'In the library' },
  'alumni-and-visitors': { zh: '校友与校外读者', en: 'Alumni and visitors' },
  'shutong-app': { zh: '书童小程序', en: 'The Shutong mini program' },
  help: { zh: '求助', en: 'Help' },
};
