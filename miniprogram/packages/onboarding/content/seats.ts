import type { LearningModule } from './module';

export const seats: LearningModule = {
  id: 'seats',
  title: { zh: '座位与研讨间', en: 'Seats and rooms' },
  summary: {
    zh: '预约、签到、暂离、释放，和安静的分寸',
    en: 'Book, check in, step out, release; and how quiet is quiet',
  },
  minutes: 3,
  cards: [
    {
      id: 'seats-book',
      title: { zh: '先预约，到了签到', en: 'Book, then check in' },
      paragraphs: [
        {
          zh: '要预约的座位，先在本馆的座位系统里选时间和座位；到了再签到，扫码或刷卡，按本馆的办法。',
          en: 'Where seats are booked, choose time and seat in the library’s booking system first. When you arrive, check in by code or card, as your library does it.',
        },
        {
          zh: '过了时限没签到，座位就放给别人，还可能记一次违约。来不了，趁早取消。',
          en: 'Not checked in within the time allowed, the seat goes to someone else and a no-show may be noted. Can’t come? Cancel early.',
        },
      ],
      points: [
        { zh: '用自己的账号约，一人一座', en: 'Use your own account: one person, one seat' },
        { zh: '不替人签到，人没到就不签', en: 'Don’t check in for others, nor before you are there' },
        {
          zh: '坐约到的那个座，别人在坐就和气地问问，或找馆员',
          en: 'Sit in the seat you booked; if it is taken, ask kindly or find a librarian',
        },
        { zh: '不转让，不买卖', en: 'Seats are not passed on or sold' },
      ],
      picture: 'seats-1.svg',
      alt: {
        zh: '一排书桌，一个座位上亮着绿灯，书童用手机扫桌上的码',
        en: 'A row of desks, one with a green light; the book-boy scans the code on it with a phone',
      },
    },
    {
      id: 'seats-release',
      title: { zh: '走开一会儿，还是走了', en: 'Stepping out, or leaving?' },
      paragraphs: [
        {
          zh: '出去接水、吃饭，点“暂离”，在给的时间内回来。回不来了，就点“释放”。',
          en: 'Off for water or a meal? Choose “step out” and be back within the time given. If you can’t be back, choose “release”.',
        },
        {
          zh: '学完要走，不管约到几点，都释放座位、带走东西。你随手一点，就有人不用再等。',
          en: 'When you leave for good, release the seat and take your things, however long it is booked. One tap, and someone need not wait.',
        },
      ],
      points: [
        {
          zh: '“暂离”不是占座：去上课、回宿舍，就该释放',
          en: '“Step out” is not reserving: off to class or home, release',
        },
        { zh: '超时没回来，座位会被收回', en: 'Out too long, and the seat is given up' },
        { zh: '没有系统的馆：人走，东西也走', en: 'No system? When you go, your things go' },
      ],
      remember: { zh: '离开就释放，座位留给下一个人。', en: 'Leaving? Release the seat for the next one.' },
      picture: 'seats-2.svg',
      alt: {
        zh: '书童背着书包离开书桌，回身按一下，座位的灯变绿，一位同学正走过来',
        en: 'The book-boy leaves with his bag and taps his desk; its light turns green as another student comes',
      },
    },
    {
      id: 'seats-objects',
      title: { zh: '书包不能替你坐', en: 'A bag can’t sit for you' },
      paragraphs: [
        {
          zh: '座位是给人坐的。一本书、一只水杯、一张纸条，都占不住；长时间没有人，馆员会把东西收走，座位给别人用。',
          en: 'Seats are for people. A book, a cup or a note reserves nothing; if nobody comes back for long, staff collect the things and the seat is free.',
        },
        {
          zh: '看到有东西、没有人的座位，别自己动手搬，找馆员来处理。',
          en: 'Things but nobody there? Don’t move them yourself; let a librarian see to it.',
        },
      ],
      points: [
        { zh: '不替室友占座，让他自己来', en: 'Don’t keep seats for roommates: let them come' },
        { zh: '东西被收走了，到服务台问', en: 'Your things were collected? Ask at the desk' },
        { zh: '重要的东西随身带，丢了难找', en: 'Carry what matters: left things are easily lost' },
      ],
      remember: {
        zh: '不用东西占座，也不替人占座。',
        en: 'No seats kept with things, none kept for others.',
      },
      picture: 'seats-3.svg',
      alt: {
        zh: '一只书包端坐在椅子上，面前摊着书；站着的书童歪着头看它',
        en: 'A school bag sits on a chair before an open book; the book-boy stands and looks at it, head tilted',
      },
    },
    {
      id: 'seats-rooms',
      title: { zh: '研讨间，一起用', en: 'Group study rooms' },
      paragraphs: [
        {
          zh: '要讨论、排练报告，去研讨间，别在阅览区。先看够不够人数，由一人预约，到时签到。',
          en: 'To discuss or rehearse a talk, use a group room, not the reading area. See how many people it is for; one of you books, and you check in on time.',
        },
        {
          zh: '用完按时交还，后面还有人在等。临时不用，提前取消。',
          en: 'Finish on time: others come after you. If plans change, cancel beforehand.',
        },
      ],
      points: [
        { zh: '桌椅复位，白板擦净，垃圾带走', en: 'Chairs back, board wiped, rubbish taken away' },
        { zh: '关好灯、空调和屏幕', en: 'Switch off lights, air conditioning and screen' },
        { zh: '门关上也要压低声音：墙不太厚', en: 'Even with the door shut, keep it low: walls are thin' },
        { zh: '设备坏了，告诉馆员', en: 'Something broken? Tell a librarian' },
      ],
      picture: 'seats-4.svg',
      alt: {
        zh: '玻璃隔开的小房间里，书童和两位同学围着圆桌，白板上画着箭头',
        en: 'In a small room behind glass the book-boy and two others sit around a table; arrows on the whiteboard',
      },
    },
    {
      id: 'seats-quiet',
      title: { zh: '安静区、电话和储物柜', en: 'Quiet zones, calls and lockers' },
      paragraphs: [
        {
          zh: '看清你在哪个区：安静区不说话，敲键盘也要轻；能小声交谈的，是讨论区。手机调成静音，电话出去接。',
          en: 'Know your zone: in quiet zones nobody talks, and even typing is soft; talk softly in discussion areas. Silence your phone and take calls outside.',
        },
        {
          zh: '储物柜放书包衣物，按时清空。',
          en: 'Lockers hold bags and coats; empty them in time.',
        },
      ],
      points: [
        {
          zh: '打电话去电话间或馆外，楼梯间也有回声',
          en: 'Call from a phone booth or outside: stairwells echo',
        },
        {
          zh: '耳机别漏音，开会、上网课去研讨间',
          en: 'Headphones must not leak; online classes belong in a room',
        },
        { zh: '没办借的书，别锁进柜子', en: 'Never lock up books that are not checked out' },
        {
          zh: '柜里不放贵重、易燃的东西和会坏的食物',
          en: 'No valuables, flammables or food that spoils in lockers',
        },
      ],
      picture: 'seats-5.svg',
      alt: {
        zh: '书童竖起一根手指贴着嘴，一边是埋头看书的同学，一边是电话间和储物柜',
        en: 'The book-boy holds a finger to his lips; to one side a student reading, to the other a phone booth and lockers',
      },
    },
  ],
};
