//! Small pictures made of letters: the pulse as a line of blocks, the week as shades.

use crate::Lang;
use crate::charts::{heat, heat_level};
use crate::speech::{count, day, day_near, decimal, hour, weekday, width};
use crate::terminal::sheet::{Ink, Sheet, pad};
use domain::Extent;
use insights::Overview;

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const SHADES: [char; 9] = ['·', '░', '░', '▒', '▒', '▓', '▓', '█', '█'];

/// Messages along the days.
pub(super) fn pulse(overview: &Overview, lang: Lang, sheet: &mut Sheet) {
    if overview.evidence.messages == Extent::None {
        let words = lang.pick(
            "未知：这份数据里没有聊天记录，看不出活不活跃、谁在等回应、什么时候人多。",
            "Unknown: the source holds no messages, so it cannot show how alive the group is, who waits or when people are there.",
        );
        sheet.heading(lang.pick("聊天", "Talk"));
        sheet.text(Ink::Dim, "  ", words);
        return;
    }
    let days: Vec<f64> = overview.pulse.iter().map(|day| f64::from(day.messages)).collect();
    let columns = means(&days, sheet.width() - 4);
    let top = columns.iter().copied().fold(0.0, f64::max);
    if top <= 0.0 {
        return;
    }
    let peak = days.iter().copied().fold(0.0, f64::max);
    let title = lang.pick("脉搏：每天的消息", "Pulse: messages a day");
    let most = lang.pick(format!("最高 {}", count(peak)), format!("peak {}", count(peak)));
    sheet.heading(&format!("{title} ({most})"));
    let line: String = columns.iter().map(|value| block(*value, top)).collect();
    sheet.line(Ink::Good, &format!("  {line}"));
    let span = overview.span;
    let from = day_near(span.from, span.to, lang);
    let same_year = span.from.date().year() == span.to.date().year();
    let to = if same_year { day_near(span.to, span.from, lang) } else { day(span.to, lang) };
    let room = columns.len().saturating_sub(width(&to));
    sheet.line(Ink::Dim, &format!("  {} {to}", pad(&from, room.saturating_sub(1))));
}

fn block(value: f64, top: f64) -> char {
    if value <= 0.0 {
        return '·';
    }
    let fits = (1_u8..).zip(BLOCKS).find(|(step, _)| value <= top * f64::from(*step) / 8.0);
    fits.map_or('█', |(_, block)| block)
}

/// The values averaged into at most so many columns.
fn means(values: &[f64], columns: usize) -> Vec<f64> {
    let per = values.len().div_ceil(columns.max(1)).max(1);
    values.chunks(per).map(|chunk| chunk.iter().sum::<f64>() / chunk.len() as f64).collect()
}

/// Hours against weekdays.
pub(super) fn week(overview: &Overview, lang: Lang, sheet: &mut Sheet) {
    if heat(&overview.heat).is_none() {
        return;
    }
    sheet.heading(lang.pick("大家什么时候在", "When people are there"));
    let repeat = if sheet.width() >= 56 { 2 } else { 1 };
    if sheet.width() >= 32 {
        let marks = ["0", "6", "12", "18"].map(|mark| pad(mark, 6 * repeat));
        sheet.line(Ink::Dim, &format!("       {}", marks.concat()));
        for (day, row) in (0_u8..).zip(heat_level(&overview.heat)) {
            let cells = row.into_iter().map(|level| SHADES.get(usize::from(level)).unwrap_or(&'·'));
            let cells: String =
                cells.flat_map(|shade| std::iter::repeat_n(*shade, repeat)).collect();
            sheet.line(Ink::Plain, &format!("  {} {cells}", pad(weekday(day, lang), 4)));
        }
    }
    let slots = overview.heat.best.iter().map(|slot| {
        let reach = decimal(slot.reach, 1);
        let reach = lang.pick(format!("约 {reach} 人"), format!("about {reach} people"));
        format!("{} {} {reach}", weekday(slot.weekday, lang), hour(slot.hour))
    });
    let slots: Vec<String> = slots.collect();
    if !slots.is_empty() {
        let lead = lang.pick("  好时段：", "  Best slots: ");
        sheet.text(Ink::Strong, lead, &slots.join(lang.pick("，", "; ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_days_are_averaged_into_the_columns_there_are() {
        assert_eq!(means(&[1.0, 3.0, 5.0, 7.0], 2), [2.0, 6.0]);
        assert_eq!(means(&[1.0, 3.0], 76), [1.0, 3.0]);
        assert!(means(&[1.0; 365], 76).len() <= 76);
    }

    #[test]
    fn only_silence_is_a_dot() {
        assert_eq!([0.0, 0.1, 4.0, 8.0].map(|value| block(value, 8.0)), ['·', '▁', '▄', '█']);
    }
}
