//! Closed vocabularies that rules depend on: each value with its English key and its Chinese name.

use serde::{Deserialize, Serialize};

/// A closed vocabulary: what a reader needs to take its values and to name them.
pub trait Vocabulary: Copy + 'static {
    /// All values, in order.
    fn all() -> &'static [Self];
    /// Reads the English key, the Chinese name or an accepted variant.
    fn read(text: &str) -> Option<Self>;
    /// The English key and the Chinese name.
    fn names(self) -> (&'static str, &'static str);
    /// The English key, the Chinese name and the accepted variants of it.
    fn spellings(self) -> &'static [&'static str];
}

/// Declares an enum whose values have an English key and a Chinese name, in rising order.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$value_meta:meta])* $variant:ident = $key:literal, $zh:literal $(, $alias:literal)*;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$value_meta])* #[serde(rename = $key)] $variant,)+ }

        impl $name {
            /// All values, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The English key, as front matter and JSON write it.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The Chinese name, as authors may write it and pages show it.
            pub fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh,)+ }
            }

            /// The English key, the Chinese name and the accepted variants of it.
            pub fn spellings(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$key, $zh $(, $alias)*],)+ }
            }

            /// Reads the English key (any case), the Chinese name or an accepted variant of it.
            pub fn parse(text: &str) -> Option<Self> {
                let text = text.trim();
                $(if text.eq_ignore_ascii_case($key) || text == $zh $(|| text == $alias)* { return Some(Self::$variant); })+
                None
            }
        }

        impl Vocabulary for $name {
            fn all() -> &'static [Self] {
                Self::ALL
            }

            fn read(text: &str) -> Option<Self> {
                Self::parse(text)
            }

            fn names(self) -> (&'static str, &'static str) {
                (self.key(), self.zh())
            }

            fn spellings(self) -> &'static [&'static str] {
                Self::spellings(self)
            }
        }
    };
}

vocabulary! {
    /// 类别.
    Kind {
        /// 调研报告.
        Report = "report", "调研报告", "报告";
        /// 案例.
        Case = "case", "案例";
        /// 检察建议.
        Recommendation = "recommendation", "检察建议", "检察建议书";
        /// 项目（课题）.
        Topic = "topic", "项目（课题）", "项目", "课题", "项目(课题)";
        /// 法律法规.
        Law = "law", "法律法规", "法律", "法规", "司法解释";
    }
}

vocabulary! {
    /// 时效 of a law.
    LawStatus {
        /// 现行有效.
        InForce = "in-force", "现行有效", "有效", "现行";
        /// 已修改: a later version has taken the place of this one.
        Amended = "amended", "已修改", "已修订", "已修正", "已被修改";
        /// 已废止.
        Repealed = "repealed", "已废止", "废止", "失效", "已失效";
        /// 尚未施行.
        Pending = "pending", "尚未施行", "尚未生效", "未施行";
    }
}

vocabulary! {
    /// 检索: who answers the search of a site.
    Search {
        /// The reader's browser, from files of the site.
        Browser = "browser", "浏览器";
        /// A gateway that stands beside the site, at `api/`.
        Engine = "engine", "检索服务", "服务";
    }
}

vocabulary! {
    /// 公开范围. The default is internal.
    Visibility {
        /// 公开.
        Public = "public", "公开";
        /// 内部; 工作秘密 and 内部资料 mean the same.
        Internal = "internal", "内部", "工作秘密", "内部资料";
    }
}

vocabulary! {
    /// 层级, from the own office up.
    Level {
        /// 本院.
        Unit = "unit", "本院", "本院级";
        /// 县级.
        County = "county", "县级", "县", "区级", "县（区）级";
        /// 市级.
        City = "city", "市级", "市";
        /// 省级.
        Province = "province", "省级", "省", "自治区级", "直辖市级", "provincial";
        /// 国家级.
        National = "national", "国家级", "全国", "中央";
    }
}

vocabulary! {
    /// 转化形式.
    Form {
        /// 领导批示.
        Instruction = "instruction", "领导批示", "批示";
        /// 纳入党委政府决策.
        Decision = "decision", "纳入党委政府决策", "纳入决策";
        /// 人大决议（决定、审议意见）.
        Resolution = "resolution", "人大决议（决定、审议意见）", "人大决议", "人大决定", "审议意见";
        /// 立法采纳.
        Legislation = "legislation", "立法采纳";
        /// 规范性文件（协作机制）.
        Norm = "norm", "规范性文件（协作机制）", "规范性文件", "协作机制";
        /// 推动专项行动.
        Campaign = "campaign", "推动专项行动", "专项行动";
        /// 制发检察建议.
        Recommendation = "recommendation", "制发检察建议";
        /// 上级院转发.
        Forwarded = "forwarded", "上级院转发", "转发";
        /// 信息（内参）采用.
        Briefing = "briefing", "信息（内参）采用", "信息采用", "内参采用";
        /// 刊发.
        Publication = "publication", "刊发";
        /// 议案建议提案.
        Proposal = "proposal", "议案建议提案", "议案", "提案";
    }
}

vocabulary! {
    /// 办理程度, a ladder.
    Effect {
        /// 已报送.
        Submitted = "submitted", "已报送", "报送";
        /// 圈阅.
        Noted = "noted", "圈阅";
        /// 肯定性批示.
        Endorsed = "endorsed", "肯定性批示";
        /// 批示落实.
        Ordered = "ordered", "批示落实";
        /// 已形成文件.
        Issued = "issued", "已形成文件", "形成文件";
        /// 已落实.
        Implemented = "implemented", "已落实", "落实";
    }
}

vocabulary! {
    /// 案例等次, from the lowest.
    CaseRank {
        /// 入选案例.
        Selected = "selected", "入选案例";
        /// 优秀案例.
        Excellent = "excellent", "优秀案例";
        /// 精品案例.
        Fine = "fine", "精品案例";
        /// 典型案例.
        Typical = "typical", "典型案例";
        /// 指导性案例.
        Guiding = "guiding", "指导性案例", "指导案例";
    }
}

vocabulary! {
    /// An author's part.
    Role {
        /// 执笔.
        Writer = "writer", "执笔";
        /// 参与.
        Participant = "participant", "参与";
        /// 指导.
        Adviser = "adviser", "指导";
    }
}

vocabulary! {
    /// What a reply says to the recommendation.
    Outcome {
        /// 未采纳.
        Rejected = "rejected", "未采纳", "不采纳";
        /// 部分采纳.
        Partial = "partial", "部分采纳";
        /// 采纳.
        Accepted = "accepted", "采纳", "全部采纳";
    }
}

vocabulary! {
    /// What was found when the rectification was looked at.
    Rectified {
        /// 未整改.
        None = "none", "未整改";
        /// 部分整改.
        Partial = "partial", "部分整改", "部分到位";
        /// 整改到位.
        Full = "full", "整改到位", "到位";
    }
}

vocabulary! {
    /// 状态 of a topic.
    TopicStatus {
        /// 征集中.
        Calling = "calling", "征集中";
        /// 在研.
        Running = "running", "在研";
        /// 已结项.
        Finished = "finished", "已结项", "结项";
        /// 已中止.
        Stopped = "stopped", "已中止", "中止";
    }
}

vocabulary! {
    /// The derived state of a recommendation.
    State {
        /// 拟制中.
        Drafted = "drafted", "拟制中";
        /// 待送达.
        Issued = "issued", "待送达";
        /// 待回复.
        Delivered = "delivered", "待回复";
        /// 异议复核中.
        Objected = "objected", "异议复核中";
        /// 已撤回.
        Withdrawn = "withdrawn", "已撤回";
        /// 逾期未回复.
        Overdue = "overdue", "逾期未回复";
        /// 已回复待整改.
        Replied = "replied", "已回复待整改";
        /// 整改中.
        Rectifying = "rectifying", "整改中";
        /// 已办结.
        Closed = "closed", "已办结";
        /// 跟进监督.
        Escalated = "escalated", "跟进监督";
    }
}

vocabulary! {
    /// What the present value of a target is computed as.
    Indicator {
        /// Reports written, from 统计起始 on.
        Written = "written", "撰写报告";
        /// Reports that became decisions, from 统计起始 on.
        Adopted = "adopted", "已转化报告";
        /// Cases that are 典型, 精品 or 指导性 at the level of the province or above.
        Cases = "cases", "省级以上典型精品案例";
        /// 按期回复率.
        OnTimeRate = "on_time_rate", "按期回复率";
        /// 采纳率.
        AcceptedRate = "accepted_rate", "采纳率";
        /// 整改到位率.
        RectifiedRate = "rectified_rate", "整改到位率";
        /// Share of the key results of youth projects that are done.
        KeyResultsRate = "key_results_rate", "关键成果完成率";
    }
}

vocabulary! {
    /// The light of a target.
    Light {
        /// 达标.
        Reached = "reached", "达标";
        /// 在推进: not yet, and its deadline is ahead.
        Underway = "underway", "在推进";
        /// 滞后: not reached, and its deadline is over.
        Behind = "behind", "滞后";
    }
}
