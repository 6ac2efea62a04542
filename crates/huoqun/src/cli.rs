//! The command line: what can be said, and nothing else.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// 活群 huoqun：建群、看群、救群，一个程序管一批群；不带命令就启动服务 / run living groups; without a command it serves
#[derive(Debug, Parser)]
#[command(name = "huoqun", version, max_term_width = 100, args_conflicts_with_subcommands = true)]
pub(crate) struct Cli {
    /// What to do; to serve when nothing is said.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// How to serve when no command is given.
    #[command(flatten)]
    pub(crate) serve: ServeArgs,
    /// 界面语言 / language of the output
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<LangArg>,
}

/// Languages of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangArg {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 启动服务：网页群、运营台（不带命令时也是它）/ serve groups on the built-in web chat (the default)
    Serve(Box<ServeArgs>),
    /// 先看看样子：边填 80 个演示群边开放访问 / serve at once while 80 make-believe groups fill
    Demo(Box<DemoArgs>),
    /// 只启动练习用的企业微信：假的公司，真的规则 / a make-believe WeCom alone, to connect to
    Practice(PracticeArgs),
    /// 删掉全部演示数据，真实的群不受影响 / remove everything that the demo made
    WipeDemo(WipeArgs),
    /// 负责人账号：新建、重设密码 / owners: make one, or a link to a new password
    Admin(AdminArgs),
    /// 体检：哪里不好、为什么、怎么办，运行中和停着都可以 / whether all is well, and what to do
    Doctor(DoctorArgs),
    /// 备份到一个文件，运行中也可以 / back up to one file, also while it runs
    Backup(BackupArgs),
    /// 从备份恢复到空的数据目录或数据库 / restore a backup into an empty place
    Restore(BackupArgs),
    /// 用聊天记录直接出报告（不留任何数据），或用已导入的群出报告 / report on exports, or on imported groups
    Report(Box<ReportArgs>),
    /// 把聊天记录或花名册导入数据目录，可撤销 / import exports or rosters; can be undone
    Import(Box<ImportArgs>),
    /// 用原始记录重算所有日页，并说明是否一致 / derive all day pages again and compare
    Rebuild(PlaceArgs),
    /// 列出能识别的聊天记录格式 / list the export formats that are understood
    Formats,
}

/// How to read exports.
#[derive(Args, Debug)]
pub(crate) struct ReadArgs {
    /// 聊天记录：文件、文件夹或压缩包，可多个 / exports: files, folders or archives
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// 指定格式（默认按内容识别，见 huoqun formats）/ format, instead of detection
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// 时区，如 Asia/Shanghai（默认本机时区）/ time zone of wall clocks and of days
    #[arg(long, visible_alias = "tz", value_name = "ZONE")]
    pub(crate) timezone: Option<String>,
    /// 只看这些群或频道，可重复 / only these groups or channels
    #[arg(long = "group", visible_alias = "channel", value_name = "NAME")]
    pub(crate) groups: Vec<String>,
    /// 运营人员名单：名字、账号或 @文件 / staff: names, ids or @FILE
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) staff: Vec<String>,
    /// 官方号（带标识的主持号）名单 / declared hosts: names, ids or @FILE
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) host: Vec<String>,
    /// 机器人名单 / bots: names, ids or @FILE
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) bot: Vec<String>,
    /// 表格的列对应，如 time=发送时间,sender=昵称 / columns of plain tables
    #[arg(long, value_name = "MEANING=COLUMN", value_delimiter = ',')]
    pub(crate) columns: Vec<String>,
    /// 日期写法有歧义时：日在前或月在前 / order of day and month where it is open
    #[arg(long, value_enum)]
    pub(crate) date_order: Option<DateOrderArg>,
    /// 文件不完整时，保留已读到的部分 / keep what stands before the end of a truncated file
    #[arg(long)]
    pub(crate) partial: bool,
}

/// Order of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DateOrderArg {
    /// 31/12
    DayFirst,
    /// 12/31
    MonthFirst,
}

/// Where imported data lies.
#[derive(Args, Clone, Debug)]
pub(crate) struct PlaceArgs {
    /// 数据目录 / data folder [default: `$HUOQUN_DATA`, then ~/.local/share/huoqun]
    #[arg(long, value_name = "FOLDER", conflicts_with = "database")]
    pub(crate) data: Option<PathBuf>,
    /// 数据库地址，如 `postgres://user@host/name` / database instead of the data folder
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
}

/// `huoqun serve`.
#[derive(Args, Clone, Debug)]
pub(crate) struct ServeArgs {
    /// Where the data lies.
    #[command(flatten)]
    pub(crate) place: PlaceArgs,
    /// 监听的地址和端口 / address and port to listen on
    #[arg(long, value_name = "ADDRESS", env = "HUOQUN_LISTEN", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// 成员打开的网址，用在链接和二维码里 / address that members open, for links and codes
    #[arg(long, value_name = "URL", env = "HUOQUN_PUBLIC_URL")]
    pub(crate) public_url: Option<String>,
    /// 前面有反向代理：按 X-Forwarded-For 认来访地址 / trust X-Forwarded-For of a proxy in front
    #[arg(long, env = "HUOQUN_BEHIND_PROXY")]
    pub(crate) behind_proxy: bool,
    /// 内容是监控令牌的文件；有了它，/metrics 对带令牌的机器开放 / file with the token for /metrics
    #[arg(long, value_name = "FILE", env = "HUOQUN_METRICS_TOKEN_FILE")]
    pub(crate) metrics_token_file: Option<PathBuf>,
    /// 密钥文件，用来加密保存平台的 Secret；不指定就在数据目录里生成 / key that seals secrets of platforms
    #[arg(long, value_name = "FILE", env = "HUOQUN_KEY_FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// 启动后打印一行 JSON，供脚本读取 / print one line of JSON when it listens
    #[arg(long)]
    pub(crate) json: bool,
    /// From this moment on (ms UTC) the clock runs faster: for tests.
    #[arg(long, value_name = "MS", hide = true, default_value_t = 0)]
    pub(crate) clock_from: i64,
    /// How many times as fast as the wall's.
    #[arg(long, value_name = "TIMES", hide = true, default_value_t = 1)]
    pub(crate) clock_speed: u32,
}

/// `huoqun demo`.
#[derive(Args, Clone, Debug)]
pub(crate) struct DemoArgs {
    /// How to serve.
    #[command(flatten)]
    pub(crate) serve: ServeArgs,
    /// 演示群的个数 / groups to fill
    #[arg(long, value_name = "N", default_value_t = 80)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=500))]
    pub(crate) groups: u32,
    /// 演示数据的天数 / days to fill
    #[arg(long, value_name = "N", default_value_t = 90)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=400))]
    pub(crate) days: u32,
    /// 随机种子：同一个数，同一批人 / the same number gives the same people
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// 填完后不再继续聊 / nobody goes on talking after the fill
    #[arg(long)]
    pub(crate) quiet: bool,
    /// 同时启动一个练习用的企业微信，可以照真的一样连接 / a make-believe WeCom to connect to
    #[arg(long)]
    pub(crate) wecom: bool,
}

/// `huoqun practice`.
#[derive(Args, Clone, Debug)]
pub(crate) struct PracticeArgs {
    /// 监听的端口，只在本机 / port on this machine; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8081)]
    pub(crate) port: u16,
    /// 保存到这个文件，下次接着来 / keep the company in this file and go on with it
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// 客户群的个数 / customer groups
    #[arg(long, value_name = "N", default_value_t = 40)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub(crate) groups: u32,
    /// 每个群平均的人数 / members of a group on average
    #[arg(long, value_name = "N", default_value_t = 60)]
    #[arg(value_parser = clap::value_parser!(u32).range(4..=300))]
    pub(crate) members: u32,
    /// 员工的人数 / members of staff
    #[arg(long, value_name = "N", default_value_t = 12)]
    #[arg(value_parser = clap::value_parser!(u32).range(6..=900))]
    pub(crate) staff: u32,
    /// 随机种子：同一个数，同一家公司 / the same number gives the same company
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// 什么都不会自己发生 / nothing happens by itself
    #[arg(long)]
    pub(crate) quiet: bool,
    /// 启动后打印一行 JSON，供脚本读取 / print one line of JSON when it listens
    #[arg(long)]
    pub(crate) json: bool,
    /// From this moment on (ms UTC) the clock runs faster: for tests.
    #[arg(long, value_name = "MS", hide = true, default_value_t = 0)]
    pub(crate) clock_from: i64,
    /// How many times as fast as the wall's.
    #[arg(long, value_name = "TIMES", hide = true, default_value_t = 1)]
    pub(crate) clock_speed: u32,
}

/// `huoqun wipe-demo`.
#[derive(Args, Clone, Debug)]
pub(crate) struct WipeArgs {
    /// Where the data lies.
    #[command(flatten)]
    pub(crate) place: PlaceArgs,
    /// 连同自己在演示里建的群一起删 / also remove groups that you opened in the demo yourself
    #[arg(long)]
    pub(crate) all: bool,
}

/// `huoqun admin`.
#[derive(Args, Clone, Debug)]
pub(crate) struct AdminArgs {
    /// What to do.
    #[command(subcommand)]
    pub(crate) act: AdminAct,
}

/// What `huoqun admin` does.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum AdminAct {
    /// 新建负责人：打印一次性链接，或从标准输入读密码 / make an owner
    Create {
        /// Where the data lies.
        #[command(flatten)]
        place: PlaceArgs,
        /// 登录名 / what is typed to log in
        #[arg(long, value_name = "LOGIN")]
        login: String,
        /// 名字 / name to show
        #[arg(long, value_name = "NAME")]
        name: String,
        /// 从标准输入读密码，不打印链接 / read the password from standard input
        #[arg(long)]
        password_stdin: bool,
        /// 成员打开的网址 / address under which it is served
        #[arg(long, value_name = "URL", env = "HUOQUN_PUBLIC_URL")]
        #[arg(default_value = "http://127.0.0.1:8080")]
        public_url: String,
    },
    /// 重设密码：打印一次性链接 / print a link to a new password
    Reset {
        /// 登录名 / whose
        #[arg(value_name = "LOGIN")]
        login: String,
        /// Where the data lies.
        #[command(flatten)]
        place: PlaceArgs,
        /// 成员打开的网址 / address under which it is served
        #[arg(long, value_name = "URL", env = "HUOQUN_PUBLIC_URL")]
        #[arg(default_value = "http://127.0.0.1:8080")]
        public_url: String,
    },
}

/// `huoqun doctor`.
#[derive(Args, Clone, Debug)]
pub(crate) struct DoctorArgs {
    /// Where the data lies.
    #[command(flatten)]
    pub(crate) place: PlaceArgs,
    /// 成员打开的网址 / address that members open
    #[arg(long, value_name = "URL", env = "HUOQUN_PUBLIC_URL")]
    pub(crate) public_url: Option<String>,
    /// 密钥文件，给连接的企业体检要用；不指定就用数据目录里的 / key that opens secrets of platforms
    #[arg(long, value_name = "FILE", env = "HUOQUN_KEY_FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// 输出 JSON / JSON, one object
    #[arg(long)]
    pub(crate) json: bool,
}

/// `huoqun backup` and `huoqun restore`.
#[derive(Args, Clone, Debug)]
pub(crate) struct BackupArgs {
    /// 备份文件 / the backup file
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Where the data lies.
    #[command(flatten)]
    pub(crate) place: PlaceArgs,
}

/// `huoqun report`.
#[derive(Args, Debug)]
pub(crate) struct ReportArgs {
    /// How to read.
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Where imported groups lie.
    #[command(flatten)]
    pub(crate) place: PlaceArgs,
    /// 写出一个可离线打开的网页报告 / write the report as one web page
    #[arg(long, value_name = "PATH")]
    pub(crate) html: Option<PathBuf>,
    /// 输出 JSON（写到标准输出；--json=PATH 写到文件）/ JSON to standard output, or to =PATH
    #[arg(long, value_name = "PATH", num_args = 0..=1, require_equals = true, default_missing_value = "-")]
    pub(crate) json: Option<PathBuf>,
    /// 从哪天起，如 2026-01-01 / first day
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// 到哪天止 / last day
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
    /// 群成员总数（数据末日），用来算互动率 / members on the last day, for rates
    #[arg(long, value_name = "N")]
    pub(crate) members: Option<u32>,
    /// 运营人员也计入成员指标 / count staff as members
    #[arg(long)]
    pub(crate) count_staff: bool,
    /// 报告标题 / title of the report
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
}

/// `huoqun import`.
#[derive(Args, Debug)]
pub(crate) struct ImportArgs {
    /// How to read.
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Where to.
    #[command(flatten)]
    pub(crate) place: PlaceArgs,
    /// 是谁导出的，记在来源里 / who exported, kept with the source
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) exporter: String,
    /// 撤销第 N 次导入 / undo import number N
    #[arg(long, value_name = "N", conflicts_with = "list")]
    pub(crate) undo: Option<i64>,
    /// 列出做过的导入 / list imports
    #[arg(long)]
    pub(crate) list: bool,
}
