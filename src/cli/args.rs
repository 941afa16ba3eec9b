//! What the command line takes.

use super::common::Common;
use super::entry_args::{AdoptArgs, CloseArgs, RectifyArgs, RemoveArgs, ReplyArgs, UndoArgs};
use super::export::ExportArgs;
use super::format::{self, Format, formats};
use super::mcp::McpArgs;
use super::values::{day, vocabulary};
use crate::adoption::{By, Standing};
use crate::record::date::Day;
use crate::record::{Effect, Form, Kind, Level};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// 检研：把一个 Markdown 文件夹变成全文索引和可检索的静态站点
///
/// jianyan turns a folder of Markdown files into a full-text index and a searchable static site.
#[derive(Debug, Parser)]
#[command(name = "jianyan", version, max_term_width = 100, after_help = EXAMPLES)]
pub(super) struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
示例 Examples:
  jianyan build                                 检查、索引、生成站点 (check, index, site)
  jianyan --audience public --index index-public --site site-public build
  jianyan check --format json                   给编辑器或脚本用 (for editors and scripts)
  jianyan search 未成年人文身                    在索引中检索 (search the index)
  jianyan search '第264条 -盗窃 kind:case'       条文、排除、筛选 (articles, exclusion, filters)
  jianyan new report 关于某事的调研报告           新建一篇 (a new document)
  jianyan import 某调研.docx                     导入 Word 文件 (import a Word file)
  jianyan ledger --by department --since 2022-01-01   转化台账 (adopted reports)
  jianyan due                                   催办清单 (replies that are owed)
  jianyan serve                                 边写边看 (preview while writing)

退出码：0 正常，1 有问题，2 用法，3 读写 · Exit codes: 0 good, 1 findings, 2 usage, 3 I/O";

/// Hits of a search for people and programs, unless asked otherwise.
pub(super) const HITS: usize = 10;

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 检查语料，写索引和站点 · Check the corpus, write index and site
    Build(BuildArgs),
    /// 报告语料中的问题 · Say what is wrong with the corpus
    Check(CheckArgs),
    /// 在索引中检索 · Search the index
    Search(SearchArgs),
    /// 核验引注：稿件中的法条、案号、标题和引文与库中所收是否一致 · Verify the citations of drafts against the index
    Verify(VerifyArgs),
    /// 供大模型查阅：按 MCP 协议检索、阅读、核验，只读 · Let a model look things up in the index (MCP), read-only
    Mcp(McpArgs),
    /// 用评判过的检索词衡量检索 · Measure search on judged queries
    Eval(EvalArgs),
    /// 调研成果转化台账的数字 · The adoption ledger in figures
    Ledger(LedgerArgs),
    /// 报数：粘贴进报告的一节，可与上年同期比 · The section on figures that an office pastes into its report
    Stats(StatsArgs),
    /// 检察建议催办清单 · Replies to recommendations that are owed
    Due(DueArgs),
    /// 导出全部文献的记录，供其他系统使用 · Export a record of every document for other programs
    Export(ExportArgs),
    /// 在本机预览，随改随看 · Preview on this machine, following every change
    Serve(ServeArgs),
    /// 新建一篇文献 · Write a new document into the corpus
    New(NewArgs),
    /// 导入已有的 Word、网页和文本文件 · Import Word files, pages and plain text
    Import(ImportArgs),
    /// 登记转化：把一次采纳写入报告 · Enter an adoption into a report
    Adopt(AdoptArgs),
    /// 登记回复：把被建议单位的回复写入检察建议 · Enter the reply to a recommendation
    Reply(ReplyArgs),
    /// 登记整改：把整改情况写入检察建议 · Enter the rectification that followed a recommendation
    Rectify(RectifyArgs),
    /// 登记办结：把办结日期和原因写入检察建议 · Enter that a recommendation is closed
    Close(CloseArgs),
    /// 删除一项登记 · Remove an entry
    Remove(RemoveArgs),
    /// 撤销最近一次写入 · Take back the last write of a command
    Undo(UndoArgs),
    /// 输出前置信息的 JSON Schema，供编辑器用 · Print a JSON Schema of the front matter for editors
    Schema,
    /// 输出一份常用法律同义词，存为 synonyms.yaml 即可使用 · Print legal synonyms to start a synonyms.yaml from
    Synonyms,
    /// 输出命令补全脚本 · Print a completion script for a shell
    Completions {
        /// 命令行解释器 · The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// `build`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan build\n  jianyan --now 2026-11-20 build --strict\n  jianyan --audience public --index index-public --site site-public build --zip 公开版.zip"
)]
pub(super) struct BuildArgs {
    /// 有错误就不写任何输出 · Write nothing if there is any error
    #[arg(long)]
    pub strict: bool,
    /// 不显示诊断，只报数 · Don't print diagnostics, only their number
    #[arg(long, short)]
    pub quiet: bool,
    /// 另将整个站点写成一个压缩包，带到隔离网络解压即用 · Also write the whole site as one zip, to carry to an isolated network
    #[arg(long, value_name = "FILE.zip")]
    pub zip: Option<PathBuf>,
    /// 再把有变化的文件复制到另一个文件夹，如共享文件夹；中断后再运行即补齐 · Also copy what has changed to another folder, such as a file share
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
}

/// `check`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan check\n  jianyan check 调研报告/某调研.md\n  jianyan check --changed\n  jianyan check --fix\n  jianyan --audience public check\n  jianyan check --format sarif > jianyan.sarif"
)]
pub(super) struct CheckArgs {
    /// 只报告这些文件（默认全部）· Only these files (default: all)
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// 只报告 git 认为已改动的文件；可写与哪个提交比较 · Only what git says has changed, since a commit
    #[arg(long, value_name = "COMMIT", num_args = 0..=1, require_equals = true, default_missing_value = "HEAD")]
    pub changed: Option<String>,
    /// 改正只有一种改法的问题，按规则隐去个人信息 · Fix what has one right answer; mask personal data
    #[arg(long)]
    pub fix: bool,
    /// 与 --fix 同用：只显示将改什么，不写文件 · With --fix: show the changes and write nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    /// 提示全部列出，不合并 · Show every note, many of one rule too
    #[arg(long)]
    pub all: bool,
    /// 输出格式 · Output format
    #[arg(long, value_parser = formats(&format::CHECK), default_value = "human")]
    pub format: Format,
}

/// `search`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan search 文身\n  jianyan search '\"未成年人文身\" year:2022..2023'\n  jianyan search --explain 刑法第264条\n  jianyan search --queries q.tsv --format trec\n  jianyan search --like 调研报告/R01-某调研\n  jianyan search --like - < 摘要.txt        选题查新 (has it been done?)"
)]
pub(super) struct SearchArgs {
    /// 检索词；以“-”开头的词放在引号里的词之后，或放在 -- 之后 · The query; a word that begins with - goes inside the quotes or after --
    #[arg(required_unless_present_any = ["queries", "like"], conflicts_with_all = ["queries", "like"], num_args = 1..)]
    pub query: Vec<String>,
    /// 相似文献：文献的标识；“-”为从标准输入读文字（选题查新）· Documents like the one of an id, or (-) like a text on standard input
    #[arg(long, value_name = "ID", conflicts_with_all = ["queries", "explain"])]
    pub like: Option<String>,
    /// 一批检索词：每行“编号<TAB>检索词” · Many queries: lines of qid, tab, query
    #[arg(long, value_name = "FILE")]
    pub queries: Option<PathBuf>,
    /// 输出格式 · Output format
    #[arg(long, value_parser = formats(&format::SEARCH), default_value = "human")]
    pub format: Format,
    /// 至多几条（默认 10，trec 为 1000）· At most so many hits (default 10, with trec 1000)
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// 说明检索词如何理解、得分由何而来（trec 格式不含）· Show how the query was read and how scores came about (not in trec)
    #[arg(long)]
    pub explain: bool,
}

/// `eval`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan eval queries.tsv qrels.tsv\n  jianyan eval queries.tsv qrels.tsv --format json"
)]
pub(super) struct EvalArgs {
    /// 检索词：每行“编号<TAB>检索词”，可加“<TAB>组别” · Lines of qid, tab, query, perhaps tab and group
    #[arg(value_name = "QUERIES")]
    pub queries: PathBuf,
    /// 评判：每行“编号<TAB>文献<TAB>等级”，0 为不相关 · Lines of qid, tab, document id, tab, grade (0: not relevant)
    #[arg(value_name = "QRELS")]
    pub qrels: PathBuf,
    /// 输出格式 · Output format
    #[arg(long, value_parser = formats(&format::EVAL), default_value = "human")]
    pub format: Format,
}

/// `ledger`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan ledger\n  jianyan ledger --by department --since 2022-01-01\n  jianyan ledger --by level --format csv > 台账.csv\n  jianyan ledger --events --status adopted --format xlsx -o 台账.xlsx\n  jianyan ledger --since 2023-01-01 --until 2023-12-31 --evidence 佐证.zip"
)]
pub(super) struct LedgerArgs {
    /// 按什么分行 · What the rows are parted by
    #[arg(long, value_enum, default_value_t = By::Year)]
    pub by: By,
    /// 起（含当日）· First day of the period
    #[arg(long, value_name = "DATE")]
    pub since: Option<jiff::civil::Date>,
    /// 止（含当日）· Last day of the period
    #[arg(long, value_name = "DATE")]
    pub until: Option<jiff::civil::Date>,
    /// 只计该单位的 · Documents of this unit
    #[arg(long)]
    pub unit: Option<String>,
    /// 只计该部门的 · Documents of this department
    #[arg(long)]
    pub department: Option<String>,
    /// 只计该作者的（仅内网版）· Documents of this author (internal audience only)
    #[arg(long)]
    pub person: Option<String>,
    /// 只计该业务条线的 · Documents of this business line
    #[arg(long)]
    pub line: Option<String>,
    /// 只计有该转化形式的 · Reports with an event of this form
    #[arg(long, value_parser = vocabulary::<Form>())]
    pub form: Option<Form>,
    /// 只计有该层级转化的 · Reports with an event of this level
    #[arg(long, value_parser = vocabulary::<Level>())]
    pub level: Option<Level>,
    /// 只计有该办理程度的 · Reports with an event of this effect
    #[arg(long, value_parser = vocabulary::<Effect>())]
    pub effect: Option<Effect>,
    /// 只计如此认定的 · Reports with an event that counts as this
    #[arg(long, value_enum)]
    pub status: Option<Standing>,
    /// 只看待核实：没有佐证材料的转化 · Only events without evidence
    #[arg(long)]
    pub unverified: bool,
    /// 逐条列出转化事件，不汇总 · List the events instead of the figures
    #[arg(long)]
    pub events: bool,
    /// 导出佐证：清单和所列佐证文件的压缩包（仅内网版）· One zip with the list and its evidence files (internal audience only)
    #[arg(long, value_name = "FILE.zip", conflicts_with_all = ["output", "events"])]
    pub evidence: Option<PathBuf>,
    /// 输出格式 · Output format
    #[arg(long, value_parser = formats(&format::LEDGER), default_value = "human")]
    pub format: Format,
    /// 写入文件，不写到标准输出 · Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `stats`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan stats --since 2023-01-01 --until 2023-09-30 --compare previous\n  jianyan stats --since 2023-01-01 --until 2023-09-30 --compare previous --format docx -o 报数.docx"
)]
pub(super) struct StatsArgs {
    /// 起（含当日；默认当年1月1日）· First day of the period (default: 1 January of its last day's year)
    #[arg(long, value_name = "DATE")]
    pub since: Option<jiff::civil::Date>,
    /// 止（含当日；默认参照日）· Last day of the period (default: the reference day)
    #[arg(long, value_name = "DATE")]
    pub until: Option<jiff::civil::Date>,
    /// 与之比较的期间 · What to compare with
    #[arg(long, value_enum)]
    pub compare: Option<Compare>,
    /// 输出格式 · Output format
    #[arg(long, value_parser = formats(&format::STATS), default_value = "markdown")]
    pub format: Format,
    /// 写入文件，不写到标准输出 · Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What `stats` compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Compare {
    /// 上年同期 · the same days of the year before
    Previous,
}

/// `due`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan due\n  jianyan due --format docx -o 催办函/\n  jianyan --now 2026-11-20 due --format json"
)]
pub(super) struct DueArgs {
    /// 输出格式 · Output format
    #[arg(long, value_parser = formats(&format::DUE), default_value = "human")]
    pub format: Format,
    /// 写入文件；催办函可写入文件夹，一部门一个文件 · Write to a file; letters go into a folder, too, a file a department
    #[arg(long, short, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

/// `serve`
#[derive(Debug, Args)]
#[command(after_help = "示例 Examples:\n  jianyan serve\n  jianyan serve --port 8080")]
pub(super) struct ServeArgs {
    /// 端口，不写为 8377（0 为任意空闲端口）· Port on 127.0.0.1, 8377 if none is named (0: any free one)
    #[arg(long)]
    pub port: Option<u16>,
    /// 就绪后打开浏览器 · Open the browser when the preview is ready
    #[arg(long)]
    pub open: bool,
    /// 每两秒查看一次改动：语料在网络共享上时用 · Look for changes every two seconds: for network shares
    #[arg(long)]
    pub poll: bool,
}

/// `new`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan new report 关于河道治理的调研报告\n  jianyan new 案例 督促整治非法采砂案 --date 2024-03-05"
)]
pub(super) struct NewArgs {
    /// 类别（中文亦可）；在终端上不写则询问 · Kind, in English or Chinese; asked for on a terminal
    #[arg(value_parser = vocabulary::<Kind>())]
    pub kind: Option<Kind>,
    /// 标题；在终端上不写则询问 · Title; asked for on a terminal
    pub title: Option<String>,
    /// 成文日期（默认今天）· Date of the document (default: today)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Day>,
}

/// `import`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan import 关于河道治理的调研报告.docx\n  jianyan import 历年材料/ --report 导入清单.xlsx\n\n能转换 docx、doc、wps、rtf、odt、pdf、ofd、html、mht、txt；表格、图片和扫描件原样存为附件。文件夹可反复导入，只取新增的：同一内容有几种格式的只取一种，名称对得上的附件随正文存入。已有的文件从不覆盖。"
)]
pub(super) struct ImportArgs {
    /// 文件，或含有文件的文件夹 · Files, or folders of files
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// 类别（默认按标题判断）· Kind (default: by the title)
    #[arg(long, value_parser = vocabulary::<Kind>())]
    pub kind: Option<Kind>,
    /// 另写一份清单（xlsx）：每个文件的去向、猜出的各项、损失和未导入的原因 · Also write a workbook that says what became of each file
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// `verify`
#[derive(Debug, Args)]
#[command(
    after_help = "示例 Examples:\n  jianyan verify 审查报告.docx\n  jianyan verify --all 稿件.md\n  jianyan verify --format json - < 稿件.md\n\n能读 Markdown 和 import 能转换的格式；稿件不会存入语料。没有收录的不算问题。"
)]
pub(super) struct VerifyArgs {
    /// 稿件；“-”为从标准输入读 Markdown · Drafts, or (-) Markdown on standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// 一致的和未收录的也列出 · Also list what is exact and what the index doesn't hold
    #[arg(long)]
    pub all: bool,
    /// 输出格式 · Output format
    #[arg(long, value_parser = formats(&format::VERIFY), default_value = "human")]
    pub format: Format,
}
