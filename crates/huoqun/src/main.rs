//! `huoqun`: the command line. Reads arguments and environment, wires the parts, prints.

mod admin;
mod backup;
mod cli;
mod clock;
mod doctor;
mod failure;
mod formats;
mod import;
mod output;
mod place;
mod progress;
mod rebuild;
mod report;
mod serve;
mod usage;

use crate::cli::{Cli, Command, LangArg};
use crate::output::Output;
use ::report::Lang;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let lang = lang(cli.lang);
    let columns = environment("COLUMNS").and_then(|text| text.parse().ok());
    let mut out = Output::new(columns, environment("NO_COLOR").is_some());
    let done = match cli.command.as_ref().unwrap_or(&Command::Serve(Box::new(cli.serve))) {
        Command::Serve(args) => serve::run(args, lang, &mut out),
        Command::Demo(args) => serve::demo(args, lang, &mut out),
        Command::Practice(args) => serve::practise(args, lang, &mut out),
        Command::WipeDemo(args) => serve::wipe(args, lang, &mut out),
        Command::Admin(args) => admin::run(&args.act, lang, &mut out),
        Command::Doctor(args) => return ExitCode::from(doctor::run(args, lang, &mut out)),
        Command::Backup(args) => backup::run(args, lang, &mut out),
        Command::Restore(args) => backup::restore(args, lang, &mut out),
        Command::Report(args) => report::run(args, lang, &mut out),
        Command::Import(args) => import::run(args, lang, &mut out),
        Command::Rebuild(place) => rebuild::run(place, lang, &mut out),
        Command::Formats => {
            out.text(&formats::table(lang));
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            out.failure(&failure.words(lang), lang);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// The language asked for, else that of the environment, else Chinese.
fn lang(asked: Option<LangArg>) -> Lang {
    match asked {
        Some(LangArg::Zh) => Lang::Zh,
        Some(LangArg::En) => Lang::En,
        None => {
            let said = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(environment);
            if said.is_some_and(|said| said.starts_with("en")) { Lang::En } else { Lang::Zh }
        }
    }
}

/// A variable of the environment, when it is set and not empty.
#[expect(clippy::disallowed_methods, reason = "the binary is where the environment is read")]
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
