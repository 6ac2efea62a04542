//! What is drawn on: one path of closed shapes.

use std::fmt::Write;

use tiny_skia::{Path, PathBuilder, PathSegment, Rect};

/// A path that grows.
#[derive(Debug, Default)]
pub(crate) struct Ink(PathBuilder);

impl Ink {
    /// A filled rectangle: left, top, width, height.
    pub(crate) fn block(&mut self, [x, y, width, height]: [f32; 4]) {
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            self.0.push_rect(rect);
        }
    }

    /// The builder, for outlines.
    pub(crate) fn outline(&mut self) -> &mut PathBuilder {
        &mut self.0
    }

    /// All that was drawn; none when that is nothing.
    pub(crate) fn finish(self) -> Option<Path> {
        self.0.finish()
    }
}

/// The path in the words of SVG, to a tenth of a pixel.
pub(crate) fn svg_path(path: &Path) -> String {
    let mut d = String::with_capacity(path.len() * 12);
    let mut write = |letter: char, points: &[tiny_skia::Point]| {
        d.push(letter);
        for (at, point) in points.iter().enumerate() {
            let gap = if at == 0 { "" } else { " " };
            // A string takes all that is written.
            let _ = write!(d, "{gap}{} {}", tenth(point.x), tenth(point.y));
        }
    };
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(to) => write('M', &[to]),
            PathSegment::LineTo(to) => write('L', &[to]),
            PathSegment::QuadTo(by, to) => write('Q', &[by, to]),
            PathSegment::CubicTo(by, then, to) => write('C', &[by, then, to]),
            PathSegment::Close => write('z', &[]),
        }
    }
    d
}

fn tenth(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}
