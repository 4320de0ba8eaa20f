import type { LearningModule } from './module';

export const conduct: LearningModule = {
  id: 'conduct',
  title: { zh: '文明与安全', en: 'Conduct and safety' },
  summary: { zh: '彼此方便，爱惜书，防火和逃生', en: 'Be considerate, care for books, know your way out' },
  minutes: 4,
  cards: [
    {
      id: 'conduct-courtesy',
      title: { zh: '给彼此一点方便', en: 'A little consideration' },
      paragraphs: [
        {
          zh: '轻声、轻步、轻放椅子。有人吵到你，和气地提醒一句，或请馆员来，别吵起来。',
          en: 'Low voices, soft steps, chairs put down gently. If someone disturbs you, say so kindly or ask a librarian; don’t quarrel.',
        },
        {
          zh: '拍照先想别人：不拍陌生人，不开闪光灯；拍摄活动、直播，先问图书馆。',
          en: 'Photos: not of strangers, not with flash. For filming or streaming ask the library first.',
        },
      ],
      points: [
        {
          zh: '无障碍座位、电梯和坡道，留给需要的人',
          en: 'Leave accessible seats, lifts and ramps to those who need them',
        },
        { zh: '想帮忙，先问一句“需要帮忙吗”', en: 'Want to help? Ask first: “May I help?”' },
        { zh: '不逗导盲犬，不挡盲道', en: 'Don’t distract guide dogs or block tactile paths' },
        { zh: '公用电脑和插座，大家轮着用', en: 'Shared computers and sockets: take turns' },
      ],
      picture: 'conduct-1.svg',
      alt: {
        zh: '坐轮椅的同学和书童在书架前，书童微微弯腰，先问要不要帮忙',
        en: 'A student in a wheelchair and the book-boy at the shelves; he asks first whether help is wanted',
      },
    },
    {
      id: 'conduct-food',
      title: { zh: '吃的，喝的', en: 'Food and drink' },
      paragraphs: [
        {
          zh: '碎屑招虫，汤水毁书。吃东西到指定的地方，阅览区不吃；水用带盖的杯子，离书和电脑远一点。哪里能喝，看本馆的牌子。',
          en: 'Crumbs bring insects, and spills ruin books. Eat where eating is meant, not where people read. Keep water in a lidded cup, away from books and computers; signs say where drinks are allowed.',
        },
      ],
      points: [
        {
          zh: '洒了水，先把书移开，马上告诉馆员',
          en: 'Spilt something? Move the books and tell a librarian at once',
        },
        { zh: '书湿了交给馆员，别晒，别用吹风机', en: 'Wet books go to a librarian: no sun, no hair dryer' },
        { zh: '气味重的东西，不带进来', en: 'Leave strong-smelling food outside' },
        { zh: '垃圾丢进桶里，别留在桌上', en: 'Rubbish goes in the bin, not on the desk' },
      ],
      picture: 'conduct-2.svg',
      alt: {
        zh: '书童捧着带盖的水杯，书好好地放在另一边；面条碗和奶茶被关在一扇门外',
        en: 'The book-boy holds a lidded cup well away from his books; a noodle bowl and a milk tea stay outside the door',
      },
    },
    {
      id: 'conduct-fire-prevention',
      title: { zh: '书怕火', en: 'Books fear fire' },
      paragraphs: [
        {
          zh: '全馆禁烟，电子烟也算。易燃易爆的东西不带进馆，更不点火：蜡烛、香、卡式炉，都不行。',
          en: 'No smoking anywhere, e-cigarettes included. Bring nothing flammable or explosive and light nothing: no candles, no incense, no camping stoves.',
        },
        {
          zh: '闻到焦味、看到冒烟，马上告诉馆员；起了火就报 119。',
          en: 'If you smell burning or see smoke, tell a librarian at once; if there is fire, call 119.',
        },
      ],
      points: [
        {
          zh: '不用电热杯、电吹风这类大功率电器',
          en: 'No kettles, hair dryers or other power-hungry appliances',
        },
        {
          zh: '充电有人看着，走时拔掉；电动车电池不进馆',
          en: 'Watch what you charge and unplug it; no e-bike batteries inside',
        },
        { zh: '过道、防火门、消火栓前，不放东西', en: 'Keep aisles, fire doors and hydrants clear' },
        {
          zh: '灭火器和报警按钮，没有火情不动',
          en: 'Leave extinguishers and alarm buttons alone unless there is a fire',
        },
      ],
      picture: 'conduct-3.svg',
      alt: {
        zh: '火柴、香烟和电热壶被红圈划掉，书童挡在一摞书前，旁边立着灭火器',
        en: 'A match, a cigarette and a kettle are crossed out; the book-boy guards a pile of books beside a fire extinguisher',
      },
    },
    {
      id: 'conduct-fire-exit',
      title: { zh: '警报响了，就走', en: 'When the alarm sounds, go' },
      paragraphs: [
        {
          zh: '不等确认，不收东西，马上跟着绿色出口标志走最近的楼梯。不坐电梯：停电会困住，井道会进烟。',
          en: 'Don’t wait to be sure, don’t pack. Follow the green exit signs to the nearest stairs. Never the lift: power may fail, and its shaft draws smoke.',
        },
        {
          zh: '有烟就压低身子，用布捂住口鼻，能弄湿更好，摸着墙走。到了集合点，没有通知不回去。',
          en: 'In smoke stay low, cover nose and mouth with a cloth, wet if you can, and feel your way along the wall. At the assembly point, stay until you are told.',
        },
      ],
      points: [
        { zh: '来的第一天，认好两条出去的路', en: 'On your first day, learn two ways out' },
        { zh: '门烫手，别开，换一条路', en: 'If a door is hot, don’t open it: go another way' },
        { zh: '不推不挤，不往回走', en: 'Don’t push, don’t turn back' },
        {
          zh: '下不了楼梯的人：帮到安全处，告诉救援人员',
          en: 'Someone can’t take stairs? Help them to a safe place; tell rescuers',
        },
        {
          zh: '困住了：关门堵缝，到窗边求救',
          en: 'Trapped? Shut the door, seal the gaps, signal from a window',
        },
      ],
      remember: {
        zh: '警报响，马上走；走楼梯，不坐电梯。',
        en: 'Alarm? Leave at once, by the stairs, never the lift.',
      },
      picture: 'conduct-4.svg',
      alt: {
        zh: '警铃响着，书童用布捂着嘴，跟着绿色箭头跑下楼梯，旁边的电梯打着红叉',
        en: 'An alarm rings; a cloth over his mouth, the book-boy follows the green arrow downstairs; the lift is crossed out',
      },
    },
    {
      id: 'conduct-books',
      title: { zh: '好好待书', en: 'Be kind to books' },
      paragraphs: [
        {
          zh: '一本书要经过许多双手。手洗干净，轻轻翻；看到哪里，夹张书签。不划线、不写字、不折角、不撕页，铅笔也不行：擦得掉字，擦不掉印。',
          en: 'A book passes through many hands. Turn pages gently with clean hands, and keep your place with a bookmark. No underlining, notes, folded corners or torn pages; no pencil either, for rubbing out leaves a trace.',
        },
      ],
      points: [
        {
          zh: '要记的，写在本子里或便签纸上，看完拿走',
          en: 'Write notes in a notebook, or on slips you take out again',
        },
        {
          zh: '不倒扣，不使劲压平书脊，不夹厚东西',
          en: 'Don’t lay it face down, force the spine flat or wedge things in',
        },
        { zh: '取书捏住书脊中间，别抠顶上', en: 'Take it by the middle of the spine, not the top' },
        { zh: '坏了交给馆员修，别自己粘', en: 'Damaged? Let librarians mend it; no glue or tape' },
        { zh: '下雨天，给书套个袋子', en: 'When it rains, put it in a bag' },
      ],
      remember: {
        zh: '书是大家的：不写、不折、不撕，坏了就说。',
        en: 'Books are everyone’s: don’t write, fold or tear; report damage.',
      },
      picture: 'conduct-5.svg',
      alt: {
        zh: '书童打着伞遮住一本书，书的脸上在笑，页间夹着红书签',
        en: 'The book-boy holds an umbrella over a smiling book with a red bookmark between its pages',
      },
    },
    {
      id: 'conduct-valuables',
      title: { zh: '贵重物品与门禁', en: 'Valuables and the gate' },
      paragraphs: [
        {
          zh: '手机、电脑、钱包，离座就带走，一分钟也带。丢了东西，先问服务台，怀疑被偷就报告保卫处。',
          en: 'Phone, laptop, wallet: take them whenever you leave your seat, even for a minute. Lost something? Ask at the desk; if you think it was stolen, tell campus security.',
        },
        {
          zh: '出门时报警响了，停下，回到台前让馆员看看。多半是书没办好借，别慌，也别冲出去。',
          en: 'If the gate sounds as you leave, stop and go back to the desk. Mostly a book was not checked out properly: no need to worry, and none to run.',
        },
      ],
      points: [
        {
          zh: '进门刷自己的卡，不带人、不跟人闯',
          en: 'Enter with your own card; don’t let others slip in with you',
        },
        {
          zh: '有人不舒服：告诉馆员，危急就打 120',
          en: 'Someone unwell? Tell a librarian; in an emergency call 120',
        },
        { zh: '地面湿、书架晃、灯不亮，说一声', en: 'Wet floor, loose shelf, dead lamp: say so' },
        { zh: '高处的书用踏凳，不踩书架', en: 'Use a step stool for high shelves; never climb them' },
      ],
      picture: 'conduct-6.svg',
      alt: {
        zh: '书童走过门禁，灯闪着红光，他停下来，转身把书递给馆员',
        en: 'A red light flashes at the gate; the book-boy stops and turns to hand his book to a librarian',
      },
    },
  ],
};
