//! Standard output and error: the only place that prints.

use report::Lang;
use std::io::{IsTerminal, Write};

/// Width used when the output is not a terminal or its width is not told.
const WIDTH: usize = 80;

/// Where words go.
pub(crate) struct Output {
    terminal: bool,
    width: usize,
    colour: bool,
}

impl Output {
    /// The process's own output. `columns` and `no_colour` are what the environment says.
    pub(crate) fn new(columns: Option<usize>, no_colour: bool) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let width = columns.unwrap_or(WIDTH).clamp(60, 120);
        Self { terminal, width, colour: terminal && !no_colour }
    }

    /// Columns for text.
    pub(crate) fn width(&self) -> usize {
        if self.terminal { self.width } else { WIDTH }
    }

    /// Whether to colour.
    pub(crate) fn colour(&self) -> bool {
        self.colour
    }

    /// The result, to standard output. A closed pipe is no fault.
    #[expect(clippy::unused_self, reason = "printing belongs to the output that was set up")]
    pub(crate) fn text(&mut self, text: &str) {
        let mut out = std::io::stdout().lock();
        let end = if text.ends_with('\n') { "" } else { "\n" };
        let _closed = write!(out, "{text}{end}").and_then(|()| out.flush());
    }

    /// A remark, to standard error.
    #[expect(clippy::unused_self, reason = "printing belongs to the output that was set up")]
    pub(crate) fn note(&mut self, text: &str) {
        let _closed = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// Something that a visitor was shown a number for, to standard error.
    pub(crate) fn incident(number: &str, cause: &str) {
        let _closed = writeln!(std::io::stderr().lock(), "[{number}] {cause}");
    }

    /// A remark of something that works beside, to standard error.
    pub(crate) fn remark(text: &str) {
        let _closed = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// A failure, to standard error.
    pub(crate) fn failure(&mut self, text: &str, lang: Lang) {
        let head = if lang == Lang::Zh { "出错了：" } else { "Error: " };
        self.note(&format!("{head}{text}"));
    }
}
