/**
 * What people ask a library's account that other offices, or nobody, can answer. Such a word alone refuses nothing
 * (宿舍 stands in "can I take magazines to my dormitory"); it makes us less sure that the question is ours.
 */
export const OTHERS_BUSINESS: readonly string[] = // meals, housing, repairs
  (
    '食堂 饭堂 餐厅 饭卡 菜 外卖 点餐 好吃 美食 餐馆 火锅 奶茶店 超市 便利店 小卖部 理发 洗衣 洗衣机 洗澡 澡堂 浴室 宿舍 寝室 公寓 床位 空调 停电 断电 停水 热水 热水器 水费 电费 水电 燃气 熄灯 查寝 门禁卡 报修 维修 修电脑 装系统 租房 房租 ' +
    // teaching and degrees
    '选课 退课 课表 课程表 上课 下课 逃课 教室 调课 网课 慕课 学分 绩点 gpa 成绩 成绩单 挂科 补修 重修 四级 六级 四六级 英语四级 普通话 计算机二级 考研 保研 复试 分数线 录取 录取通知书 高考 志愿 招生 转专业 专业课 辅修 双学位 学位证 毕业证 学生证 学籍 休学 退学 请假 销假 辅导员 导师 教授 答辩 开题 教务 教务处 教务系统 研究生院 学院 院系 作业 高数 微积分 线性代数 物理题 实习 实验 实验室 军训 体测 ' +
    // money, jobs, papers
    '学费 学杂费 奖学金 助学金 助学贷款 贷款 补助 困难生 工资 报销 发票 税 社保 医保 公积金 户口 户籍 身份证办理 护照 签证 出国 留学申请 就业 就业协议 三方 招聘 简历怎么写 面试 公务员 考公 教资 教师资格证 驾照 党员 入党 团员 团费 社团招新 学生会 ' +
    // body, sport, traffic, parcels
    '校医院 医院 挂号 看病 药 感冒 发烧 头疼 疫苗 体检 心理咨询 减肥 健身 健身房 体育馆 篮球 足球 羽毛球 乒乓球 网球 游泳 游泳馆 操场 跑步 快递 包裹 菜鸟 驿站 寄件 邮局 校车 班车 公交 地铁 火车 高铁 车票 火车票 机票 飞机 机场 打车 停车 停车场 自行车 电动车 电瓶车 单车 导航 地图 酒店 旅游 景点 ' +
    // talk and the world
    '天气 下雨吗 气温 温度 新闻 股市 股票 基金 彩票 比特币 汇率 电影 电视剧 综艺 明星 演唱会 音乐 歌 唱歌 游戏 王者荣耀 原神 手游 足球赛 比赛 世界杯 奥运 恋爱 女朋友 男朋友 喜欢我 爱我 结婚 星座 算命 笑话 故事 写诗 一首诗 写作文 写代码 作文 翻译成 聊聊 陪我 聊天吗 无聊 你是谁 你叫什么 你几岁 机器人吗 男的女的 晚安 早安 午安 吃了吗 哈哈 呵呵 嘿嘿 总统 首都 历史上 多远 做饭 菜谱 做菜 手机壳 买手机 电脑推荐 淘宝 京东 微博 抖音 qq 校园网 流量 话费 网费 宽带 ' +
    // English
    'canteen|cafeteria|dining|restaurant|food delivery|pizza|dormitory|dorm|room mate|roommate|hot water|air conditioner|electricity|laundry|shower|apartment|rent|course|courses|enrol|enroll|class schedule|timetable|classroom|credit|credits|grade|grades|gpa|transcript|homework|assignment|calculus|physics|chemistry|exam schedule|final exam|professor|tutor|supervisor|dean|degree certificate|diploma|major|admission|tuition|scholarship|scholarships|loan for students|financial aid|salary|tax|visa|passport|insurance|job interview|internship|resume|career|hospital|clinic|doctor|medicine|fever|headache|dentist|gym|fitness|basketball|football|soccer|tennis|swimming|pool|sports|parcel|package|courier|post office|bus|metro|subway|train|taxi|flight|flights|airport|parking|bicycle|bike|hotel|travel|weather|temperature|rain|news|stock|stocks|bitcoin|lottery|movie|movies|film star|song|songs|music|video game|game|games|joke|poem|story|love|girlfriend|boyfriend|marry|recipe|cook|cooking|president|capital of|population|translate|who are you|your name|how old are you|are you a robot|good night|good morning|weight|diet'
  )
    .split(/(?<=[\p{Script=Han}a-z]) (?=[\p{Script=Han}])|\|/u)
    .flatMap((words) => (/\p{Script=Han}/u.test(words) ? words.split(' ') : [words]));
