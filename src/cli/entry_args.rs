//! What the commands take that enter something into a document.

use super::values::{day, vocabulary};
use crate::record::date::Day;
use crate::record::{Effect, Form, Level, Outcome, Rectified};
use clap::Args;

/// `adopt`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan adopt 调研报告/R01-某调研 --form 人大决议 --level county --authority 某县人大常委会 --effect issued --date 2022-12-20 --document 某人常〔2022〕15号"
)]
pub(super) struct AdoptArgs {
    /// 报告的标识（路径，不带扩展名）· Id of the report
    pub id: String,
    /// 转化形式 · Form
    #[arg(long, value_parser = vocabulary::<Form>())]
    pub form: Form,
    /// 层级 · Level
    #[arg(long, value_parser = vocabulary::<Level>())]
    pub level: Level,
    /// 批示（采纳）单位：写机关，不写个人 · The office, never a person
    #[arg(long)]
    pub authority: String,
    /// 办理程度 · Effect
    #[arg(long, value_parser = vocabulary::<Effect>())]
    pub effect: Effect,
    /// 日期 · Date
    #[arg(long, value_parser = day)]
    pub date: Day,
    /// 文号 · Number of the document
    #[arg(long)]
    pub document: Option<String>,
    /// 佐证材料：路径、档号或网址；没有的为待核实 · Path, shelf mark or URL
    #[arg(long)]
    pub evidence: Option<String>,
    /// 备注 · Remark
    #[arg(long)]
    pub note: Option<String>,
    #[command(flatten)]
    pub how: How,
}

/// `reply`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan reply 检察建议/J02-某检察建议书 --date 2022-09-28 --outcome 采纳 --summary 已逐项整改"
)]
pub(super) struct ReplyArgs {
    /// 检察建议的标识（路径，不带扩展名）· Id of the recommendation
    pub id: String,
    /// 回复日期 · Date of the reply
    #[arg(long, value_parser = day)]
    pub date: Day,
    /// 采纳情况 · Outcome
    #[arg(long, value_parser = vocabulary::<Outcome>())]
    pub outcome: Outcome,
    /// 内容 · What it says
    #[arg(long)]
    pub summary: Option<String>,
    #[command(flatten)]
    pub how: How,
}

/// `rectify`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan rectify 检察建议/J02-某检察建议书 --date 2022-10-20 --outcome 整改到位"
)]
pub(super) struct RectifyArgs {
    /// 检察建议的标识（路径，不带扩展名）· Id of the recommendation
    pub id: String,
    /// 日期 · Date
    #[arg(long, value_parser = day)]
    pub date: Day,
    /// 整改情况 · Outcome
    #[arg(long, value_parser = vocabulary::<Rectified>())]
    pub outcome: Rectified,
    #[command(flatten)]
    pub how: How,
}

/// `close`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan close 检察建议/J02-某检察建议书 --date 2022-11-01 --reason 整改到位，予以办结"
)]
pub(super) struct CloseArgs {
    /// 检察建议的标识（路径，不带扩展名）· Id of the recommendation
    pub id: String,
    /// 办结日期 · Date
    #[arg(long, value_parser = day)]
    pub date: Day,
    /// 办结原因 · Reason
    #[arg(long)]
    pub reason: String,
    #[command(flatten)]
    pub how: How,
}

/// How an entry is made.
#[derive(Debug, Args)]
pub(super) struct How {
    /// 改写已有的登记，写第几项（从 1 起），没有写的项保持原样 · Change an entry that is there, by its number from 1; what isn't given stays
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "1", value_parser = clap::value_parser!(u32).range(1..))]
    pub replace: Option<u32>,
    /// 只显示将写入什么，不写文件 · Show the change and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `remove`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan remove 调研报告/R01-某调研 adopt --number 2\n  jianyan remove 检察建议/J02-某检察建议书 reply --dry-run"
)]
pub(super) struct RemoveArgs {
    /// 文献的标识（路径，不带扩展名）· Id of the document
    pub id: String,
    /// 哪一种登记：adopt 转化、reply 回复、rectify 整改、close 办结、honour 荣誉、object 异议、withdraw 撤回、review 审查 · Which entry
    #[arg(value_parser = ["adopt", "reply", "rectify", "close", "honour", "object", "withdraw", "review"])]
    pub entry: String,
    /// 第几项（从 1 起）· Its number among several, from 1
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub number: u32,
    /// 只显示将删去什么，不写文件 · Show the change and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `undo`
#[derive(Debug, Args)]
pub(super) struct UndoArgs {
    /// 只显示将恢复什么，不写文件 · Show the change and write nothing
    #[arg(long)]
    pub dry_run: bool,
}
