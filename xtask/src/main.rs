//! `cargo xtask …`: the commands of the workshop. Run without words for the list.

use clap::{Args, Parser, Subcommand};
use std::process::{Command, ExitCode};
use xtask::bench::{Big, Failure, Wanted};

/// Tools for people who work on huoqun.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Line {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check the rules of the house (the same checks are part of the tests).
    Tidy,
    /// Write the shipped samples again, from their seed.
    Sample,
    /// Measure speed and memory beside plain baselines; writes target/bench.json.
    Bench(BenchArgs),
}

#[derive(Args, Debug)]
struct BenchArgs {
    /// Messages of the inputs.
    #[arg(long, default_value_t = 1_000_000)]
    messages: u32,
    /// Messages that the log of the living groups holds before.
    #[arg(long, default_value_t = 2_000_000)]
    log: u64,
    /// Measure memory on a file of this many gigabytes too (5 when no number is given).
    #[arg(long, value_name = "GB", num_args = 0..=1, default_missing_value = "5")]
    big: Option<f64>,
    /// Share of the thousand groups that the console is measured over.
    #[arg(long, default_value_t = 1.0)]
    scale: f64,
    /// Messages of an ordinary group and day of the console: 280 make about 100 million in all.
    #[arg(long, default_value_t = 280)]
    daily: u32,
    /// Pages of the console: only those whose address holds this.
    #[arg(long, default_value = "")]
    pages: String,
    /// Folder in which the databases of the console stay, to be used again.
    #[arg(long, value_name = "FOLDER")]
    keep: Option<std::path::PathBuf>,
    /// Measure only parts with these words in their names (SQLite, live, delivery, …).
    #[arg(long, value_name = "PART")]
    only: Vec<String>,
}

type Outcome = Result<(), Failure>;

#[expect(clippy::print_stderr, reason = "a command speaks to whoever called it")]
fn main() -> ExitCode {
    let outcome = match Line::parse().what {
        What::Tidy => tidy(),
        What::Sample => xtask::sample::write(&xtask::root()).map_err(Into::into),
        What::Bench(args) => bench(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn tidy() -> Outcome {
    let findings = xtask::tidy::check(&xtask::root())?;
    if findings.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    Err(format!("{}\n{} findings", lines.join("\n"), findings.len()).into())
}

/// Measures in a release build: this one when it is one, otherwise one that it starts.
#[expect(clippy::print_stderr, reason = "a command speaks to whoever called it")]
fn bench(args: &BenchArgs) -> Outcome {
    if cfg!(debug_assertions) {
        let words = std::env::args().skip(1);
        let mut release = Command::new("cargo");
        release.args(["run", "-q", "--release", "-p", "xtask", "--"]).args(words);
        let status = release.current_dir(xtask::root()).status()?;
        return if status.success() { Ok(()) } else { Err("the bench did not hold".into()) };
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size given by hand, in gigabytes"
    )]
    let big_bytes = args.big.map(|gigabytes| (gigabytes * 1e9) as u64);
    let (keep, pages) = (args.keep.clone(), args.pages.clone());
    let console = Big { scale: args.scale, daily: args.daily, keep, pages };
    let (messages, log, only) = (args.messages, args.log, args.only.clone());
    let wanted = Wanted { messages, log, big_bytes, console, only };
    let sheet = xtask::bench::run(&xtask::root(), &wanted, &|line| eprintln!("{line}"))?;
    if sheet.holds() { Ok(()) } else { Err("some figures were missed".into()) }
}
