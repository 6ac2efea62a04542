//! The clock on the wall, which only the binary reads.

use app::live::Clock;
use domain::Millis;

/// The wall clock, or one that runs faster from a moment on (for tests).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wall {
    from_ms: i64,
    speed: i64,
}

impl Wall {
    /// A clock that shows the wall's time up to `from_ms` (ms UTC) and then runs `speed` times as
    /// fast; started again with the same numbers it goes on.
    pub(crate) fn new(from_ms: i64, speed: u32) -> Self {
        Self { from_ms, speed: i64::from(speed.max(1)) }
    }
}

impl Clock for Wall {
    #[expect(clippy::disallowed_methods, reason = "the binary is where the clock is read")]
    fn now(&self) -> Millis {
        let wall = jiff::Timestamp::now().as_millisecond();
        Millis(self.from_ms + (wall - self.from_ms).saturating_mul(self.speed))
    }
}
