//! A measured figure: a number with its base, or the reason why there is none.

/// A text in both languages of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Chinese, as an experienced 运营 would write it.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// How a value reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 0 … 1, shown in per cent.
    Share,
    /// A whole number of things.
    Count,
    /// A mean number per day (or per head).
    Mean,
    /// Milliseconds.
    Duration,
    /// Days.
    Days,
    /// A coefficient without a unit, 0 … 1.
    Index,
    /// A signed change: a count.
    Change,
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Good {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither extreme is good.
    Middle,
    /// Read it together with others.
    Depends,
}

/// What a figure needs from the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// Messages with authors.
    Messages,
    /// Joins that are memberships.
    Joins,
    /// Leaves, completely.
    Leaves,
    /// The number of members on each day.
    Members,
    /// Staff or hosts named by the person or by marks.
    Keepers,
}

/// Why a figure is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// The source does not tell this.
    NotInSource(Need),
    /// Nobody is marked as staff, so keepers cannot be told from members.
    NoKeepersNamed,
    /// The window is shorter than the figure needs, or lies outside the data.
    WindowTooShort,
    /// Nothing happened that the figure could be made of.
    NothingToMeasure,
}

/// A figure, honest about what it stands on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// Known.
    Known {
        /// The value in the metric's unit.
        value: f64,
        /// Numerator and denominator, where the figure is a quotient.
        of: Option<(f64, f64)>,
        /// 95 % interval of the value, where the base is small enough to matter.
        interval: Option<(f64, f64)>,
    },
    /// There is data, but too little to say: `have` cases where `need` are wanted.
    TooFew {
        /// Cases at hand.
        have: u64,
        /// Cases wanted.
        need: u64,
    },
    /// The data cannot show it.
    Unknown(Missing),
}

impl Figure {
    /// The value, when it is known.
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Known { value, .. } => Some(*value),
            _ => None,
        }
    }
}
