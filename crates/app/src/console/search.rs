//! Finding groups and people by letters, pinyin and initials.
