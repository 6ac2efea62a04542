//! What people and groups may be called.

use chat::web::{NAME_CHARS_MAX, NameError, keeper_name, name, title};
use proptest::prelude::{any, proptest};

#[test]
fn ordinary_names_pass_and_are_put_on_one_line() {
    for called in ["小林", "Ann Lee", "阿杰🌱", "محمد", "👩\u{200D}🌾果园", "官家小姐", "Zoë·陈"]
    {
        assert_eq!(name(called).as_deref(), Ok(called));
    }
    assert_eq!(name("  @小\u{202E}林\n\t\u{3000} 阿杰\u{200B} ").as_deref(), Ok("小林 阿杰"));
    assert_eq!(title("早起\u{2067}打卡群\0").as_deref(), Ok("早起打卡群"));
}

#[test]
fn names_without_anything_to_see_are_empty() {
    for raw in ["", " ", "\u{3164}", "\u{200D}\u{FE0F}", "\u{2800}\u{2800}", "@@", "\u{E001}"] {
        assert_eq!(name(raw), Err(NameError::Empty), "{raw:?}");
    }
}

#[test]
fn long_names_are_refused_and_marks_do_not_count() {
    let limit = NAME_CHARS_MAX;
    assert_eq!(name(&"长".repeat(21)), Err(NameError::TooLong { limit }));
    assert!(name(&"e\u{301}".repeat(20)).is_ok());
    assert_eq!(name(&"长".repeat(2_000_000)), Err(NameError::TooLong { limit }));
}

// catalogue: T01
#[test]
fn nobody_passes_for_the_house() {
    for raw in
        ["官方号", "群 主", "管·理·员", "Ａｄｍｉｎ", "小林（官方号）", "官\u{200B}方号", "所有人"]
    {
        assert_eq!(name(raw), Err(NameError::Reserved), "{raw:?}");
    }
    // A group may be called as it likes.
    assert!(title("官方号交流群").is_ok());
}

// catalogue: T01
#[test]
fn who_runs_the_group_may_say_so_but_nobody_is_called_everybody() {
    for raw in ["群主", "管理员小周", "官方客服 小林", "Admin"] {
        assert_eq!(keeper_name(raw).as_deref(), Ok(raw));
    }
    for raw in ["所有人", "全 体 成 员", "Ａｌｌ", "@everyone"] {
        assert_eq!(keeper_name(raw), Err(NameError::Reserved), "{raw:?}");
        assert_eq!(name(raw), Err(NameError::Reserved), "{raw:?}");
    }
    assert_eq!(keeper_name("\u{202E}\u{200B}"), Err(NameError::Empty));
}

proptest! {
    #[test]
    fn a_taken_name_is_taken_as_it_is(raw in any::<String>()) {
        if let Ok(once) = name(&raw) {
            assert_eq!(name(&once).as_deref(), Ok(once.as_str()));
        }
    }
}
