//! Progress bars on standard error; hidden when it is not a terminal.

use app::{Phase, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use report::Lang;
use std::cell::RefCell;

/// Draws one bar for each phase.
pub(crate) struct Bars {
    lang: Lang,
    bar: RefCell<ProgressBar>,
}

impl Bars {
    /// Bars in this language.
    pub(crate) fn new(lang: Lang) -> Self {
        Self { lang, bar: RefCell::new(ProgressBar::hidden()) }
    }

    /// Removes the last bar.
    pub(crate) fn finish(&self) {
        self.bar.borrow().finish_and_clear();
    }

    fn word(&self, phase: Phase) -> &'static str {
        match (phase, self.lang) {
            (Phase::Reading, Lang::Zh) => "读取聊天记录",
            (Phase::Reading, Lang::En) => "Reading",
            (Phase::Folding, Lang::Zh) => "统计",
            (Phase::Folding, Lang::En) => "Counting",
            (Phase::Writing, Lang::Zh) => "写入数据库",
            (Phase::Writing, Lang::En) => "Writing",
            (Phase::Quoting, Lang::Zh) => "摘录原文",
            (Phase::Quoting, Lang::En) => "Quoting",
        }
    }
}

impl Watch for Bars {
    fn phase(&self, phase: Phase, total: u64) {
        self.finish();
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
        let template = if phase == Phase::Reading {
            "{prefix} {bar:32} {bytes}/{total_bytes} {bytes_per_sec} {msg}"
        } else {
            "{prefix} {bar:32} {human_pos}/{human_len} {per_sec} {msg}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_prefix(self.word(phase));
        *self.bar.borrow_mut() = bar;
    }

    fn file(&self, name: &str) {
        let short: String =
            name.chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
        self.bar.borrow().set_message(short);
    }

    fn read_bytes(&self, bytes: u64) {
        self.bar.borrow().inc(bytes);
    }

    fn handled(&self, facts: u64) {
        self.bar.borrow().inc(facts);
    }
}
