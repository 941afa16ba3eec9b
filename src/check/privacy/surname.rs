//! Surnames, and ordinary words that begin like one.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Surnames of two characters.
const DOUBLE: [&str; 31] = [
    "亓官", "东郭", "百里", "公冶", "太史", "申屠", "钟离", "濮阳", "淳于", "欧阳", "上官", "司马", "诸葛", "司徒",
    "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "东方", "端木", "南宫", "单于", "澹台", "轩辕",
    "呼延", "赫连", "完颜",
];
/// Surnames that begin few other words.
const COMMON: &str = "王李张刘陈杨赵黄周吴徐孙胡朱林郭罗梁宋郑谢韩唐冯董萧程曹袁邓傅沈吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔邱秦顾侯邵孟龙段雷钱汤尹黎武乔贺赖龚庞樊兰殷洪翟倪牛温芦季俞章鲁葛伍韦毛柳邢路岳齐梅庄辛管祝左涂谷祁耿卜詹关苗凌费纪靳盛童欧甄裴柯阮桂喻闵覃辜缪莫骆滕卓佘蒙鲍史陶康邬岑蔺冉褚仇翁屈焦巫查冷项柴阳饶匡宁晏栾楚滑刁禹臧褟荀郁闫付肖邸鄢鄂廉蓝敖农穆麻苟幸郜仝隋卿晋车姬尤申万江高何石方金许马白谈米池卫游宫樊彭任余\
    冼仉亓逄朴揭佟佴邝宓郗郏郦邴邰郄郅鄞隗阚亢仵佀冀娄宗嵇巢巩庾扈晁曲桑楼沐濮璩狄瞿睢矫窦竺笪糜缑羿聂胥舒茅荆荣莘萨蒯蒲蓟虞虢訾谌谯贡贲逯酆钭钮阙鞠郎奚妫寇靖沙杭柏屠忻颜霍毕卞湛昝茹裘";
/// Characters that are surnames and begin sentences just as well: 于, 应, 时 … After them only the
/// particulars of a person (，男) make a name.
const DOUBTFUL: &str = "于应时常从成明能单全计有同安平连别解水施支房家身强相文党边权都终利双包易和符习花古简甘艾危阴戚封荣束种过多后那是经向代严牟曾所赛\
    华云昌凤皮元贝伏席宣储吉羊惠汲松井富乌巴弓牧蓬班仰秋仲伊厉戎祖景司韶印宿怀索咸苍闻劳堵宰雍寿浦尚充慕容慎戈暨居衡步满弘禄蔚隆敬丰展原商盖桓伯苑迟揣冒鲜励丛爱青麦随英";
/// Characters that stand in no given name.
const NEVER: &str = "的了是不们其他她它这那哪也就都被把将及或因在于对向与等各每某该本此未已系为以所有无且而但并即则还又均个人者地着时后前中内外上下";

/// Characters of ordinary words that stand in few given names: of the body, of things, of illness, of measures.
const SELDOM: &str = "手脚腿臂肩胸腹腰背脸眼耳鼻口牙骨血病症伤痛药衣服裤鞋帽袜套包链环镯戒表袋箱柜桌椅床车船票款账\
    钱币券费额价税债股证件册卡号码度量率比倍次批项条款节籍史历压型类种样级层段期届届间室厅馆店铺站厂库\
    所局部处科组队案讼诉判罚刑罪犯逃赃盗抢骗杀打骂吵喝吃睡坐站躺跑走跳追退还借租卖买送给收取拿扔丢弃毁坏损\
    管控限制约束监督教训警察检审查验测试考评议论述说讲谈问答写读听看找寻换改变动调整补减缺够低短粗细\
    薄软硬冷热湿干脏乱差错误假伪虚空尽快慢急缓轻重猛毒酒烟菜饭肉鱼鸡鸭猪狗猫膏固镯妥切务怎什呢吗吧呀哪";
/// Characters of which most given names are made.
const USUAL: &str = "\
    伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉红梅珍凤云建志海波晓春燕辉文斌峰鹏飞龙宇浩博俊欣怡佳雪琳倩\
    婷颖慧莉萍玲丹蓉蕾薇洁岩林森松柏青山川江河涵源泽润清泉东永长安康宁和顺福贵荣昌盛兴旺达富裕德仁义礼智信忠孝廉良善\
    美艺诗雅琴书画光亮辰阳星月日天宝金银玺钰鑫铭锋钢铁石玮琪瑞珊瑶璐瑾瑜子小大立成功胜利振兵武士元世生新民友朋乐欢\
    喜庆祥吉少若如思念梦心爱香花芬芝莲菊兆学才卫嘉佑启凯旋圆坚毅恒诚实真淑贤惠娥妮婕妍嫣冰露雨雷霖沛沁晨曦昕旭昊昱\
    晖煜炜烨灿炎焱焕彬彪虎豹骏驰腾翔鹤鸿雁鹰鸣声音韵弦宏伦儒尧舜禹汤圣哲睿聪捷航远国正联权力翔遥";
/// Characters before 人 in given names.
const OF_PEOPLE: &str = "立树惠济怀益";
/// Provinces, cities and other words in whose place nobody's given name stands: 于云南盗窃, 有立功.
const PLACES: &str = "云南 海南 河南 湖南 山东 广东 江西 陕西 山西 广西 西安 南京 北京 东莞 成都 重庆 天津 安徽 江苏 浙江 福建 四川 贵州 \
    西藏 甘肃 青海 宁夏 新疆 河北 湖北 黑龙 吉林 辽宁 香港 澳门 台湾 国庆 春节 元旦 本地 家庭 \
    立功 和平 光明 新华 长安 安康 安阳 贵阳 德阳 丽江 丽水 金华 海宁 海安 永安 福安 瑞安 吉安 泰安 兴安 宁德 福清 德清 \
    桂林 玉林 文山 金山 江山 昆山 乐山 中山 东阳 阳江 阳泉 长春 永康 兴义 宏达 恒大 万达 长江 大兴 \
    如实 真实 真诚 朋友 学生 小学 大学 清晨 春天 明天 雨天 元月 生日 立春 清明 森林 山林 美元 金银";

/// How surely a name begins at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Surname {
    /// Of this many characters, and few other words begin so.
    Likely(usize),
    /// Of one character that begins other words as well.
    Doubtful,
    /// An ordinary word begins there: 陆续, 钱包.
    Word,
}

/// The surname with which characters begin.
pub(super) fn of(characters: &[char]) -> Option<Surname> {
    let first = *characters.first()?;
    let begins = |word: &str| super::evidence::begins(characters, 0, word);
    if DOUBLE.iter().any(|double| begins(double)) {
        return Some(Surname::Likely(2));
    }
    let (likely, doubtful) = (COMMON.contains(first), DOUBTFUL.contains(first));
    if !likely && !doubtful {
        return None;
    }
    let words = words().get(&first);
    let is_word = words.is_some_and(|(seconds, rests)| {
        let second = characters.get(1).is_some_and(|second| seconds.contains(*second));
        second || rests.iter().any(|rest| super::evidence::begins(characters, 1, rest))
    });
    Some(match (is_word, likely) {
        (true, _) => Surname::Word,
        (_, true) => Surname::Likely(1),
        _ => Surname::Doubtful,
    })
}

/// For a surname the second characters of words of two characters, and what follows it in longer ones.
type Words = BTreeMap<char, (&'static str, Vec<&'static str>)>;

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let lines = include_str!("../../assets/data/surname-words.tsv").lines();
        let of = |line: &'static str| {
            let mut columns = line.split('\t');
            let surname = columns.next()?.chars().next()?;
            let seconds = columns.next().unwrap_or_default();
            Some((
                surname,
                (
                    seconds,
                    columns
                        .next()
                        .unwrap_or_default()
                        .split(' ')
                        .filter(|it| !it.is_empty())
                        .collect(),
                ),
            ))
        };
        lines.filter_map(of).collect()
    })
}

/// Whether a character is a surname, whatever else it is.
pub(super) fn is_one(character: char) -> bool {
    COMMON.contains(character) || DOUBTFUL.contains(character)
}

/// Whether a character stands in few given names, for it is one of ordinary words.
pub(super) fn is_seldom_given(character: char) -> bool {
    SELDOM.contains(character)
}

/// Whether characters are a given name as most are, and no place or other word: 于海波, but not 于云南.
pub(super) fn is_usual(given: &[char]) -> bool {
    let is_place = || {
        let mut places = PLACES.split_whitespace();
        places.any(|place| given.iter().copied().eq(place.chars()))
    };
    let named = match given {
        // 单立人, but not 和友人
        [first, '人'] => OF_PEOPLE.contains(*first),
        _ => given.iter().all(|&it| USUAL.contains(it)),
    };
    named && !is_place()
}

/// Whether a character can stand in a given name.
pub(super) fn is_given(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}')
        && !NEVER.contains(character)
}
