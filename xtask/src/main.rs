//! `cargo xtask …`: the commands of the workshop. Run without words for the list.

use clap::{Parser, Subcommand};
use std::process::ExitCode;

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
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[expect(clippy::print_stderr, reason = "a command speaks to whoever called it")]
fn main() -> ExitCode {
    let outcome = match Line::parse().what {
        What::Tidy => tidy(),
        What::Sample => xtask::sample::write(&xtask::root()).map_err(Into::into),
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
