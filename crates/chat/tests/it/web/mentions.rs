//! Whom a text calls.

use chat::web::mentions;
use domain::IdentityId;

const MEMBERS: &[(IdentityId, &str)] = &[
    (IdentityId(1), "Ann"),
    (IdentityId(2), "Ann Lee"),
    (IdentityId(3), "小林"),
    (IdentityId(4), "小林子"),
    (IdentityId(5), "bo_b"),
    (IdentityId(6), "👩\u{200D}🌾果园"),
];

fn called(text: &str) -> Vec<u32> {
    mentions(text, MEMBERS).people.into_iter().map(|who| who.0).collect()
}

#[test]
fn the_longest_name_of_a_member_is_called() {
    let table: [(&str, &[u32]); 10] = [
        ("@Ann Lee 在吗", &[2]),
        ("hi @ann, there", &[1]),
        ("@Annabel", &[]),
        ("请@小林看一下", &[3]),
        ("请@小林子看一下", &[4]),
        ("mail x@Ann.example", &[]),
        ("＠BO_B 和 @小林，@小林！", &[5, 3]),
        ("@@👩\u{200D}🌾果园 好", &[6]),
        ("@", &[]),
        ("@某某", &[]),
    ];
    for (text, people) in table {
        assert_eq!(called(text), people, "{text}");
    }
}

#[test]
fn everybody_is_called_by_word_unless_a_member_has_that_name() {
    assert!(mentions("@所有人 开会", MEMBERS).everybody);
    assert!(mentions("hey @all!", MEMBERS).everybody);
    assert!(!mentions("@allen", MEMBERS).everybody);
    assert!(!mentions("所有人", MEMBERS).everybody);
}

#[test]
fn a_text_full_of_calls_ends_after_fifty() {
    let text = "@x ".repeat(60) + "@小林";
    assert_eq!(called(&text), [0_u32; 0]);
}
