/**
 * What people ask a library's account that other offices, or nobody, can answer. Such a word alone refuses nothing
 * (宿舍 stands in "can I take magazines to my dormitory"); it makes us less sure that the question is ours.
 */
const CHINESE = [
  // meals, housing, repairs
  '食堂 饭堂 餐厅 饭卡 饭菜 外卖 点餐 好吃 美食 餐馆 火锅 烧烤 面馆 早饭 午饭 晚饭',
  '宵夜 夜宵 水果 零食店 奶茶店 哪家好喝 超市 便利店 小卖部 商店 商场 购物 优惠券 打折',
  '理发 洗衣 洗衣机 洗澡 澡堂 浴室 宿舍 寝室 公寓 床位 床帘 空调 停电 断电 停水',
  '热水器 水费 电费 水电 燃气 熄灯 查寝 宿管 报修 维修 修电脑 修手机 装系统 蓝屏 租房',
  '房租 搬家 二手 闲置',
  // teaching and degrees
  '选课 退课 抢课 课表 课程 课程表 上课 下课 逃课 教室 教学楼 调课 网课 慕课 学分',
  '绩点 平均分 成绩 成绩单 挂科 补修 重修 缓考 四级 六级 四六级 雅思 托福 gre',
  '普通话 计算机二级 准考证 考场 考研 保研 考博 复试 调剂 分数线 录取 录取通知书 高考',
  '志愿填报 招生 报到 转专业 专业课 辅修 双学位 学位证 毕业证 毕业照 毕业典礼 学生证',
  '学籍 休学 退学 复学 请假 销假 辅导员 班主任 班长 导师 教授 答辩 开题 盲审 教务',
  '教务处 教务系统 研究生院 学院 院系 作业 习题 考试重点 期中 高数 微积分 线性代数',
  '概率论 大学物理 化学 实习 实验报告 实验室 实验安全 军训 体测 晨跑 早操 校历 综测',
  '素拓 第二课堂',
  // money, papers, careers
  '学费 学杂费 缴费系统 奖学金 助学金 助学贷款 贷款 补助 困难生 贫困生 工资 报销 发票 税',
  '社保 医保 公积金 户口 户籍 居住证 护照 签证 出国 交换项目 留学申请 就业 就业协议',
  '三方 招聘 招聘会 双选会 找工作 简历怎么写 面试 公务员 考公 教资 教师资格证 驾照 驾校',
  '党员 入党 党校 团员 团费 团委 社团招新 加入社团 学生会 银行卡 银行 信用卡 存款 理财',
  '保险 快递费',
  // health, sport, traffic, the campus
  '校医院 医院 医务室 挂号 看病 药 药店 感冒 发烧 头疼 牙疼 胃疼 疫苗 体检 核酸',
  '心理咨询 抑郁 失眠 减肥 卡路里 热量 健身 健身房 体育馆 体育课 篮球 足球 排球',
  '羽毛球 乒乓球 网球 游泳 游泳馆 操场 跑步 马拉松 瑜伽 快递 包裹 菜鸟 驿站 取件 寄件',
  '邮局 校车 班车 公交 地铁 火车 高铁 动车 车票 火车票 机票 飞机 机场 打车 停车',
  '停车场 停车费 自行车 电动车 电瓶车 摩托 单车 共享单车 路线 堵车 酒店 宾馆 民宿 旅游',
  '旅行 景点 门票 校门 大门口 保安 保卫处 监控 校徽 校服 校歌 校长',
  // the world, and talk
  '天气 气温 温度 台风 下雪 空气质量 新闻 股市 股票 基金 彩票 比特币 汇率 房价 电影',
  '电影院 电视剧 综艺 动漫 明星 偶像 演唱会 音乐会 音乐 唱歌 歌词 游戏 王者荣耀 原神',
  '手游 电竞 比赛结果 世界杯 奥运 恋爱 脱单 失恋 分手 女朋友 男朋友 喜欢我 爱我 相亲',
  '结婚 星座 算命 运势 笑话 讲个故事 写诗 一首诗 作诗 写代码 写作文 作文 翻译',
  '陪我 聊天吗 无聊 你是谁 你叫什么 你几岁 你多大 机器人吗 男的女的 晚安 早安 早上好',
  '晚上好 午安 吃了吗 哈哈 呵呵 嘿嘿 总统 首都 皇帝 朝代 历史上 世界上 地球 太阳 月亮',
  '宇宙 最高的山 多远 公里 做饭 菜谱 做菜 炒菜 手机壳 手机推荐 买手机 手机没信号',
  '没信号 信号差 买电脑 淘宝 京东 拼多多 双十一 微博 抖音 b站 小红书 qq 校园网 网费',
  '宽带 流量 话费 手机卡 营业厅 星期几 几月几号 反义词 近义词 成语 造句 数学题 解方程',
  '等于几 学好英语 背单词 发型 衣服搭配 化妆 护肤 口红 宠物医院 养猫 养狗 花店 蛋糕',
  '生日 礼物 春晚 红包',
];

const ENGLISH = [
  'canteen|cafeteria|dining hall|dining|restaurant|food delivery|pizza|burger|breakfast|dinner',
  'supermarket|shopping|dormitory|dorm|dorm room|hot water|air conditioner|heating',
  'electricity|laundry|washing machine|shower|apartment|landlord|course|courses',
  'enrol|enroll|register for|class schedule|timetable|classroom|lecture room|credits|gpa|grade',
  'grades|transcript|homework|assignment|calculus|maths|physics|chemistry|biology|exam schedule',
  'final exam|midterm|toefl|ielts|professor|tutor|my supervisor|dean|degree certificate|diploma',
  'graduation ceremony|my major|change major|admission|tuition|scholarship|scholarships',
  'student loan|financial aid|salary|tax|visa|residence permit|passport|insurance|bank|credit card',
  'job interview|internship|career|career fair|hospital|clinic|doctor|medicine|fever',
  'headache|dentist|vaccine|gym|fitness|basketball|football|soccer|tennis|badminton|swimming',
  'swimming pool|sports|yoga|parcel|package|courier|post office|bus|bus stop|metro|subway|train',
  'train ticket|taxi|flight|flights|airport|parking|bicycle|bike|hotel|travel|trip|weather',
  'temperature|rain|snow|stocks|stock market|bitcoin|lottery|movie|movies|cinema|tv',
  'film star|song|songs|music|video game|game|games|joke|jokes|poem|story|love|girlfriend',
  'boyfriend|marry|recipe|cook|cooking|president|prime minister|capital of|population',
  'history of the world|translate|translation|who are you|your name|how old are you',
  'are you a robot|are you human|good night|good morning|how are you|weight|diet|horoscope',
  'birthday|haircut|barber|phone screen|new phone|buy a phone|best phone|sim card|mobile data',
  'student union|join the club|military training|summer camp|school bus|campus map|write my essay',
  'do my homework|solve this|math problem|python|java|install windows|blue screen',
];

export const OTHERS_BUSINESS: readonly string[] = [
  ...CHINESE.flatMap((line) => line.split(' ')),
  ...ENGLISH.flatMap((line) => line.split('|')),
];
