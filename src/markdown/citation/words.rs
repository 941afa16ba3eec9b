//! The words that citations of law are read by.

/// Ends of the names of laws that are written without 《》.
pub(super) const ENDINGS: [&str; 9] = ["法典", "办法", "法", "通则", "总则", "条例", "规定", "解释", "规则"];

/// Words that stand before a law's name and are no part of it.
pub(super) const BOUNDARIES: [&str; 46] = [
    "参见",
    "详见",
    "具备",
    "具有",
    "超过",
    "超出",
    "达到",
    "视为",
    "收到",
    "遵守",
    "违背",
    "依据",
    "根据",
    "按照",
    "依照",
    "违反",
    "适用",
    "触犯",
    "符合",
    "参照",
    "比照",
    "对照",
    "援引",
    "引用",
    "构成",
    "属于",
    "认为",
    "认定为",
    "鉴于",
    "把握",
    "现行",
    "我国",
    "或者",
    "以及",
    "和",
    "及",
    "与",
    "或",
    "的",
    "了",
    "是",
    "在",
    "依",
    "即",
    "但",
    "而",
];

/// Ends of the names of laws that have such a word within them.
pub(super) const WHOLE: [&str; 18] = [
    "法律适用法",
    "科学技术普及法",
    "人口与计划生育法",
    "领海及毗连区法",
    "专属经济区和大陆架法",
    "地位和权益保障法",
    "国家勋章和国家荣誉称号法",
    "全国人民代表大会和地方各级人民代表大会选举法",
    "全国人民代表大会和地方各级人民代表大会代表法",
    "地方各级人民代表大会和地方各级人民政府组织法",
    "征收与补偿条例",
    "年节及纪念日放假办法",
    "公众参与办法",
    "在线诉讼规则",
    "在线运行规则",
    "在线调解规则",
    "在线办案规则",
    "和解规则",
];

/// Prepositions that no name begins with: 按监狱法, 据信访工作条例.
pub(super) const PREPOSITIONS: [&str; 9] = ["按", "据", "遵照", "结合", "参考", "凭", "例如", "比如", "如"];

/// Those that the name of a 法 alone never begins with.
pub(super) const PARTICLES: [&str; 30] = [
    "由", "对", "因", "关于", "就", "照", "从", "为", "将", "把", "以", "向", "针对", "基于", "对于", "通过", "落实",
    "贯彻", "执行", "修改", "修订", "遵循", "涉及", "学习", "宣传", "解读", "理解", "援用", "运用", "参酌",
];

/// What stands before a preposition: 应当按监狱法.
pub(super) const ADVERBS: [&str; 22] = [
    "应当", "应", "可以", "可", "必须", "须", "不", "未", "并", "也", "均", "还", "又", "且", "则", "故", "已", "系",
    "仍", "都", "只", "现",
];

/// Words that begin as a preposition does and may begin a name: 对外关系法.
pub(super) const UNLED: [&str; 9] = ["按摩", "按揭", "据点", "对外", "对口", "因公", "就业", "从业", "为民"];

/// What stands in place of a name: the law is another text's matter.
pub(super) const PRONOUNS: [&str; 12] = [
    "本", "该", "此", "其", "同", "这", "各", "前述", "上述", "有关", "相关", "以上",
];

/// Laws whose names end no longer name: what stands before one, as in 新刑法 or 因对刑法, is not part of it.
pub(super) const BASIC: [&str; 7] = [
    "宪法",
    "刑法",
    "民法典",
    "民法通则",
    "刑事诉讼法",
    "民事诉讼法",
    "行政诉讼法",
];

/// What numbers with 条 count that are no articles: 三十二条线索.
pub(super) const THINGS: [&str; 12] = [
    "线索", "意见", "建议", "措施", "经验", "信息", "消息", "新闻", "记录", "举措", "具体", "硬",
];

/// What follows an article in a list that leaves out its 第, behind 条: 第三条、四条规定. A noun there is counted: 第三条，二十条
/// 河流.
pub(super) const FOLLOWING: [&str; 37] = [
    "之", "第", "和", "及", "与", "或", "至", "到", "以", "的", "规定", "规制", "所", "中", "均", "等", "明确", "处",
    "定罪", "追究", "予以", "办理", "作出", "对", "执行", "起诉", "判", "认定", "分别", "都", "也", "为", "是", "已",
    "并", "还", "则",
];

/// Words between an article and what it is in a later version: 第三条（现为2021年修正后的第五条）.
pub(super) const REVISED: [&str; 7] = ["现为", "年修正后", "年修订后", "年修改后", "修正后", "修订后", "修改后"];

/// Verbs by which an amendment adds to a law.
pub(super) const ADDS: [&str; 4] = ["增加", "增设", "新增", "增补"];

/// Verbs before the words of an article.
pub(super) const PROVIDES: [&str; 5] = ["规定", "明确", "载明", "要求", "指出"];

/// The words that citations are read by, each list by its name.
pub(crate) const WORDS: [(&str, &[&str]); 14] = [
    ("ENDINGS", &ENDINGS),
    ("WHOLE", &WHOLE),
    ("ADDS", &ADDS),
    ("PROVIDES", &PROVIDES),
    ("BOUNDARIES", &BOUNDARIES),
    ("PREPOSITIONS", &PREPOSITIONS),
    ("PARTICLES", &PARTICLES),
    ("ADVERBS", &ADVERBS),
    ("UNLED", &UNLED),
    ("FOLLOWING", &FOLLOWING),
    ("PRONOUNS", &PRONOUNS),
    ("BASIC", &BASIC),
    ("THINGS", &THINGS),
    ("REVISED", &REVISED),
];
