//! Surnames, and ordinary words that begin like one.

/// Surnames of two characters.
const DOUBLE: [&str; 22] = [
    "欧阳", "上官", "司马", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "东方",
    "端木", "南宫", "单于", "澹台", "轩辕", "呼延", "赫连", "完颜",
];
/// Surnames that begin few other words.
const COMMON: &str = "王李张刘陈杨赵黄周吴徐孙胡朱林郭罗梁宋郑谢韩唐冯董萧程曹袁邓傅沈吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔邱秦顾侯邵孟龙段雷钱汤尹黎武乔贺赖龚庞樊兰殷洪翟倪牛温芦季俞章鲁葛伍韦毛柳邢路岳齐梅庄辛管祝左涂谷祁耿卜詹关苗凌费纪靳盛童欧甄裴柯阮桂喻闵覃辜缪莫骆滕卓佘蒙鲍史陶康邬岑蔺冉褚仇翁屈焦巫查冷项柴阳饶匡宁晏栾楚滑刁禹臧褟荀郁闫付肖邸鄢鄂廉蓝敖农穆麻苟幸郜仝隋卿晋车姬尤申万江高何石方金许马白谈米池卫游宫樊彭任余";
/// Characters that are surnames and begin sentences just as well: 于, 应, 时 … After them only the
/// particulars of a person (，男) make a name.
const DOUBTFUL: &str = "于应时常从成明能单全计有同安平连别解水施支房家身强相文党边权都终利双包易和符习花古简甘艾危阴戚封荣束种过多后那是经向代严牟曾";
/// Words that begin with a surname and are none, after a role: 被害人陈述, 被告人张贴.
const WORDS: &str = "\
    石油 陈述 陈列 陈旧 张贴 张开 周围 周边 周密 黄色 黄金 林木 林业 林地 孙子 孙女 程序 \
    程度 田地 田间 范围 武器 武力 钱款 钱财 钱物 夏天 夏季 顾客 顾虑 许诺 许可 许多 马上 \
    高度 高中 高额 高价 高达 高于 高速 高坠 高危 何时 何地 何种 何以 方面 方式 方可 方才 \
    白天 白酒 金额 金钱 金融 胡乱 董事 毛重 毛发 石块 石头 江边 江苏 江西 万元 万余 任职 \
    任何 任意 任性 余下 余罪 余款 车辆 车上 车内 车主 申请 申诉 申辩 申报 管理 管制 管教 \
    关于 关系 关押 关键 路过 路经 路口 路边 付款 付出 付清 雷同 游戏 游玩 游说 谈话 \
    谈恋爱 谈及 费用 项目 左手 左侧 左臂 右手 卫生 康复 史料 童年 查看 查找 查不 查明 查清 查封 查扣 申领 申办 申明 查阅 查询 查获 \
    查实 高兴 高度 高声 高喊 方言 黄河 温泉 石场 石山 林场 沙场 龙江 梁河 汤河 柳河 沙河 洪湖 方提 方认 方表 方主 方辩 方面 戴手铐 戴口罩 戴头盔 安抚 常年 齐心 温情 冷静 冷漠 宁可 宁愿 幸免 幸存 盛怒 农村 农民 查处 高消 高利 凌晨 凌空";
/// Characters that stand in no given name.
const NEVER: &str = "的了是不们其他她它这那哪也就都被把将及或因在于对向与等各每某该本此未已系为以所有无且而但并即则还又均个人者地着时后前中内外上下";

/// How surely a name begins at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surname {
    /// Of this many characters, and few other words begin so.
    Likely(usize),
    /// Of one character that begins other words as well.
    Doubtful,
}

/// The surname with which characters begin.
pub fn of(characters: &[char]) -> Option<Surname> {
    let first = *characters.first()?;
    let begins = |word: &str| word.chars().zip(characters).filter(|(a, b)| a == *b).count() == word.chars().count();
    if DOUBLE.iter().any(|double| begins(double)) {
        return Some(Surname::Likely(2));
    }
    if WORDS.split(' ').any(begins) {
        return None;
    }
    if COMMON.contains(first) {
        return Some(Surname::Likely(1));
    }
    DOUBTFUL.contains(first).then_some(Surname::Doubtful)
}

/// Whether a character can stand in a given name.
pub fn is_given(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}')
        && !NEVER.contains(character)
}
