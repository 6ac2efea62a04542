//! Writes the invented communities of the tests as pages, JSON and terminal text into a folder:
//! `cargo run -p report --example sample_report -- FOLDER`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a tool for people who look at pages"
)]

#[path = "../tests/it/sample/mod.rs"]
mod sample;

use report::{Community, Lang};
use std::path::Path;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let all: [(&str, Community); 6] = [
        ("sample", sample::sample()),
        ("year", sample::group_of("一年的群", 365, 180, 9)),
        ("many", sample::many(40)),
        ("poor", sample::poor()),
        ("roster", sample::roster()),
        ("hostile", sample::hostile()),
    ];
    for (name, community) in &all {
        let path = Path::new(&folder).join(name);
        let page = report::html(community, Lang::Zh);
        println!("{name}: {} KB of HTML", page.len() / 1024);
        std::fs::write(path.with_extension("html"), page).unwrap();
        std::fs::write(path.with_extension("json"), report::json(community)).unwrap();
        for (lang, ending) in [(Lang::Zh, "zh.txt"), (Lang::En, "en.txt")] {
            let text = report::terminal(community, lang, 80, false);
            std::fs::write(path.with_extension(ending), text).unwrap();
        }
    }
}
