//! Customer groups: which there are, ways into them, words at their door, figures.

mod figures;
mod join_ways;
mod list;
mod templates;

pub(in crate::wecom::calls) use figures::day_of;
pub use figures::{
    DayFigures, FIGURE_BACK_DAYS_MAX, FIGURE_DAYS_MAX, FigureDays, Figures, OwnerFigures,
};
pub use join_ways::{
    JOIN_REMARK_CHARS_MAX, JoinWay, MadeJoinWay, ROOM_NAME_CHARS_MAX, WAY_GROUPS_MAX, WhenFull,
};
pub use list::{FollowState, Group, GroupFilter, GroupMember, GroupRow, OWNERS_MAX};
pub use templates::{Notify, TEMPLATE_BYTES_MAX, TEMPLATES_MAX, Template};
