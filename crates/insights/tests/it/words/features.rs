//! What is kept of the words.

use domain::{FeatureWord, ListHit, Media, Question, Script};
use insights::{Spoken, features};
use proptest::prelude::{any, proptest};

fn word(text: &str) -> FeatureWord {
    features(&Spoken { text, ..Spoken::default() }).0
}

fn hash(text: &str) -> u64 {
    features(&Spoken { text, ..Spoken::default() }).1
}

const STRONG: &[&str] = &[
    "这个多少钱",
    "请问怎么报名",
    "有人知道在哪里买吗",
    "明天几点开始",
    "链接呢",
    "你呢？",
    "这是什么",
    "为什么打不开？",
    "能不能便宜点",
    "有没有人一起拼单",
    "在吗",
    "吃了没",
    "求推荐一款耳机",
    "怎么弄啊",
    "谁有资料",
    "好用么",
    "我想问下怎么退货",
    "這個怎麼用",
    "请问大家周末有空的在哪集合",
    "How do I reset it",
    "how much is shipping",
    "What's the price",
    "can anyone help me",
    "Does anyone have a spare ticket",
    "hi all, is there a way to export this",
    "anyone here using the new version",
    "any ideas",
    "I was wondering if we could move the date",
    "it broke again. can you look?",
    "is the server down",
    "did it work?",
    "@bob where did you put the file?",
    "which directory...?",
    "what if I remove xorg.conf?",
    "¿Dónde está el enlace?",
    "alguém sabe?",
    "Кто знает, где ссылка?",
    "Weiß jemand, wann es anfängt?",
    "quelqu'un peut aider ?",
    "kapan mulai?",
    "kya time hai?",
    "これはいくらですか",
    "언제 시작해요?",
];

const WEAK: &[&str] =
    &["怎么这么好？", "今天不开会？", "coffee?", "really?", "@bob ？", "谁说的？"];

const NOT_ASKING: &[&str] = &[
    "怎么这么好看",
    "没什么",
    "没什么大不了的",
    "什么都好",
    "谁都可以来",
    "多少有点可惜",
    "无论如何都要去",
    "教你怎么做面包",
    "我们几个人去",
    "还没呢",
    "我在忙着呢",
    "不知道为什么今天特别开心",
    "好不容易做完了",
    "看 https://example.com/a?x=1",
    "https://example.com/?q=what",
    "？？？",
    "?",
    "我也没",
    "怎么说呢，还可以",
    "When I install it, it works",
    "what a nice day",
    "how nice of you",
    "All are my work",
    "Which were taken by few",
    "that is why we moved",
    "this is how it works",
    "do it now",
    "have a nice day",
    "I know how to do it",
    "anyone can join",
    "as you can see, it works",
    "no matter what, keep going",
    "a guide on how to bake bread",
    "thanks, you can close it",
];

// catalogue: I08
#[test]
fn questions_are_recognised_in_asking_position() {
    let rows = [(STRONG, Question::Strong), (WEAK, Question::Weak), (NOT_ASKING, Question::No)];
    let mut wrong = Vec::new();
    for (texts, wanted) in rows {
        for text in texts {
            let got = word(text).question();
            if got != wanted {
                wrong.push(format!("{text}: {got:?}, wanted {wanted:?}"));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

const INVITES: &[&str] = &[
    "想要的扣1",
    "想要的扣 1",
    "在的扣个1",
    "要资料的打1",
    "听懂的刷一波6",
    "同意的回复1",
    "想要的扣",
    "收到请回复",
    "来，想参加的在公屏扣“报名”",
    "报名的朋友发1，我统计一下",
    "觉得好的扣６６６",
    "type 1 if you can hear me",
    "Everyone drop a 1 in the chat",
    "reply 1 to join",
    "Comment \"yes\" below",
    "drop a 🔥 if you are ready",
    "Ставьте + кто идёт",
    "ketik 1 kalau ikut",
];

const NO_INVITES: &[&str] = &[
    "扣1",
    "扣1扣1扣1",
    "打1",
    "1",
    "我扣1了",
    "我已经打1了",
    "这件打8折",
    "给你发1个红包",
    "打10分",
    "晚上一起打1局",
    "他扣了1分",
    "为什么扣1",
    "回复了一下",
    "type 1 diabetes is hard",
    "a type 1 error",
    "I will send 1 file",
    "press release is out",
    "reply to my mail",
    "drop a line",
];

// catalogue: P02
#[test]
fn an_invitation_opens_a_window_and_the_bare_answer_does_not() {
    let mut wrong: Vec<&str> = Vec::new();
    wrong.extend(INVITES.iter().filter(|text| !word(text).hit(ListHit::OpensWindow)));
    wrong.extend(NO_INVITES.iter().filter(|text| word(text).hit(ListHit::OpensWindow)));
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn lists_and_shapes_are_hit() {
    let rows: &[(&str, &[ListHit], &[ListHit])] = &[
        ("谢谢你的资料", &[ListHit::Thanks], &[ListHit::Acknowledgement]),
        ("thanks for the link", &[ListHit::Thanks], &[ListHit::Acknowledgement]),
        ("you're welcome", &[ListHit::Acknowledgement], &[ListHit::Welcome]),
        ("欢迎小周入群", &[ListHit::Welcome], &[]),
        ("这道菜很受欢迎", &[], &[ListHit::Welcome]),
        ("😀 🎉", &[ListHit::EmojiOnly], &[ListHit::SignsOnly]),
        ("👍👍", &[ListHit::EmojiOnly, ListHit::Acknowledgement], &[]),
        ("!!!", &[ListHit::SignsOnly], &[ListHit::EmojiOnly]),
        ("10:30", &[ListHit::DigitsOnly], &[]),
        ("第10个", &[], &[ListHit::DigitsOnly]),
        ("1. 小林\n2. 阿杰\n3. Bob", &[ListHit::Chain], &[]),
        ("1. 小林 2. 阿杰", &[ListHit::Chain], &[]),
        ("#接龙 周六爬山\n1、小林", &[ListHit::Chain], &[]),
        ("1. open the settings of the whole account\n2. close them", &[], &[ListHit::Chain]),
        ("3. 小林", &[], &[ListHit::Chain]),
        ("兼职日结三百，加微信 abc12345", &[ListHit::AdvertLike], &[]),
        (
            "passive income, click here https://example.com",
            &[ListHit::AdvertLike, ListHit::Link],
            &[],
        ),
        ("我在做兼职", &[], &[ListHit::AdvertLike]),
        ("@所有人 明天开会", &[ListHit::MentionAll], &[ListHit::Mention]),
        ("@Ann hello", &[ListHit::Mention, ListHit::Greeting], &[ListHit::MentionAll]),
        ("ann@example.com", &[], &[ListHit::Mention]),
        ("<@U123> look", &[ListHit::Mention], &[]),
    ];
    let mut wrong = Vec::new();
    for (text, hits, misses) in rows {
        wrong.extend(hits.iter().filter(|hit| !word(text).hit(**hit)).map(|hit| (*text, *hit)));
        wrong.extend(misses.iter().filter(|hit| word(text).hit(**hit)).map(|hit| (*text, *hit)));
    }
    assert_eq!(wrong, []);
}

#[test]
fn characters_words_and_scripts_are_counted() {
    let mixed = word("@小林 我 love 面包 3 times 😀");
    assert_eq!((mixed.han(), mixed.words()), (3, 3));
    assert_eq!(mixed.chars(), 3 + 4 + 1 + 5 + 1);
    let scripts = [Script::Han, Script::Latin, Script::Digit, Script::Emoji];
    assert!(scripts.iter().all(|script| mixed.has_script(*script)));
    assert!(!mixed.has_script(Script::KanaHangul) && !mixed.has_script(Script::Other));
    assert_eq!(word("Привет мир").words(), 2);
    assert!(word("Привет мир").has_script(Script::Other));
    assert_eq!(word("しずかな海").han(), 5);
    assert!(word("しずかな海").has_script(Script::KanaHangul));
    assert_eq!(word("don't stop").words(), 2);
    assert_eq!(word(&"面".repeat(9_000)).chars(), 4095);
    assert!(word("สวัสดีครับทุกคน").words() >= 3, "Thai has no spaces between words");
}

#[test]
fn one_picture_is_one_character() {
    let rows =
        [("👨‍👩‍👧", 1), ("👍🏽", 1), ("🇨🇳", 1), ("❤️", 1), ("1️⃣", 1), (":smile:", 1), ("[微笑]", 1)];
    for (text, chars) in rows {
        let found = word(text);
        assert!(found.hit(ListHit::EmojiOnly), "{text}");
        assert_eq!((found.chars(), found.words(), found.han()), (chars, 0, 0), "{text}");
    }
    assert!(!word("[通知]").hit(ListHit::EmojiOnly), "other brackets are words");
    assert!(!word("10:30:45").has_script(Script::Emoji));
}

#[test]
fn the_marks_of_the_source_are_kept() {
    let spoken = Spoken {
        text: "看看这个",
        media: Media::Image,
        forwarded: true,
        mentions: true,
        mentions_all: true,
        ..Spoken::default()
    };
    let (found, _) = features(&spoken);
    assert_eq!(found.media(), Media::Image);
    for hit in [ListHit::Forwarded, ListHit::Mention, ListHit::MentionAll] {
        assert!(found.hit(hit), "{hit:?}");
    }
    let gone = Spoken { text: "此消息已删除", deleted: true, ..Spoken::default() };
    let (found, hash) = features(&gone);
    assert!(found.hit(ListHit::Deleted) && found.han() == 0 && hash == 0);
}

// A quadratic search would not come to an end here.
#[test]
fn very_long_texts_are_read_once() {
    for part in ["<@", "@a", ":a", "[微", "1 扣1 ", "扣1", "1. a ", "呢", "'", "www.", "type 1 x "]
    {
        let text = part.repeat(200_000 / part.len());
        let (found, _) = features(&Spoken { text: &text, mentions: true, ..Spoken::default() });
        assert!(found.chars() > 0 || found.hit(ListHit::Mention), "{part}");
    }
}

#[test]
fn a_name_called_in_front_is_no_word() {
    let spoken = Spoken { text: "bob: thanks", mentions: true, ..Spoken::default() };
    let (found, _) = features(&spoken);
    assert!(found.hit(ListHit::Acknowledgement) && found.words() == 1);
}

#[test]
fn equal_words_in_another_dress_have_the_same_hash() {
    assert_eq!(hash(""), 0);
    assert_ne!(hash("???"), 0);
    let same = [
        ("Hello  World", "hello world!!"),
        ("收到。", "收到"),
        ("ＯＫ", "ok"),
        ("謝謝", "谢谢"),
        ("a\nb", "a b"),
        ("cafe\u{301}", "Café"),
    ];
    for (one, other) in same {
        assert_eq!(hash(one), hash(other), "{one:?} and {other:?}");
    }
    let different = [("收到", "收到了"), ("@ann ok", "@bob ok"), ("1", "2")];
    for (one, other) in different {
        assert_ne!(hash(one), hash(other), "{one:?} and {other:?}");
    }
}

proptest! {
    #[test]
    fn any_text_has_features_and_no_reserved_bits(
        text in any::<String>(),
        mentions in any::<bool>(),
    ) {
        let (found, _) = features(&Spoken { text: &text, mentions, ..Spoken::default() });
        assert_eq!(found.0 >> 56, 0);
    }

    #[test]
    fn texts_made_of_tricky_parts_never_panic(
        parts in proptest::collection::vec(0..PARTS.len(), 0..30),
    ) {
        let text: String = parts.iter().map(|part| PARTS[*part]).collect();
        let (found, hash) = features(&Spoken { text: &text, mentions: true, ..Spoken::default() });
        let again = features(&Spoken { text: &text, mentions: true, ..Spoken::default() });
        assert_eq!((found, hash), again);
    }
}

const PARTS: &[&str] = &[
    "扣", "1", "的", "“", "[微", "]", "@", "<@", "<:", ":a", ":", " ", "\n", "?", "？", "怎么",
    "呢", "没", "'", "\u{200d}", "\u{fe0f}", "\u{20e3}", "😀", "🇨", "http://", "www.", "ok", "é",
    "\u{301}", "打", "type", "\"", "1.", "接龙", "！", "/", "İ", "ß", "ﬁ", "①", "…", "了", "回复",
    "请", "收到", "\0", "how", "to", "is",
];
