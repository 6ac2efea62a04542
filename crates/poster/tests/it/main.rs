//! Pictures: read back by a decoder that is not ours, refused by name, the same everywhere.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use poster::{Refusal, SIDE, draw};
use proptest::prelude::*;

const ADDRESS: &str = "https://qun.example.com/l/k7m2p9xq";

/// Width, height and grey of a PNG.
fn pixels(png: &[u8]) -> (usize, usize, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut grey = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut grey).unwrap();
    assert_eq!(info.color_type, png::ColorType::Grayscale);
    (info.width as usize, info.height as usize, grey)
}

/// What somebody's phone reads from it.
fn read(png: &[u8]) -> Vec<String> {
    let (width, height, grey) = pixels(png);
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    image.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
}

/// The rows of a picture that hold ink.
fn inked(png: &[u8], rows: std::ops::Range<usize>) -> usize {
    let (width, _, grey) = pixels(png);
    rows.filter(|y| grey[y * width..(y + 1) * width].iter().any(|&grey| grey < 128)).count()
}

#[test]
fn a_picture_is_read_back_as_its_address() {
    let long = format!("https://qun.example.com/l/k7m2p9xq?{}", "x".repeat(165));
    for address in [ADDRESS, "http://127.0.0.1:8080/l/a", &long] {
        for caption in ["", "扫码进群领优惠券", "春季跑步营 3群\n每晚八点 · 门店自提"]
        {
            let picture = draw(address, caption).unwrap();
            assert_eq!(read(&picture.png().unwrap()), [address], "{caption}");
        }
    }
}

#[test]
fn sizes_are_those_that_print_shops_were_told() {
    for (caption, height) in [("", 1_000), ("  \n ", 1_000), ("一行", 1_092), ("一行\n两行", 1_172)]
    {
        let picture = draw(ADDRESS, caption).unwrap();
        assert_eq!(picture.size(), (SIDE, height), "{caption:?}");
        let (width, tall, _) = pixels(&picture.png().unwrap());
        assert_eq!((width, tall), (SIDE as usize, height as usize));
        assert!(picture.svg().contains(&format!("viewBox=\"0 0 1000 {height}\"")));
    }
}

#[test]
fn words_are_drawn_below_the_code_and_leave_its_quiet_zone_alone() {
    let bare = draw(ADDRESS, "").unwrap().png().unwrap();
    let last = (0..1_000).rev().find(|&y| inked(&bare, y..y + 1) == 1).unwrap();
    let captioned = draw(ADDRESS, "扫码进群").unwrap().png().unwrap();
    // Four squares of at least twelve pixels.
    assert_eq!(inked(&captioned, last + 1..last + 49), 0);
    assert!(inked(&captioned, 990..1_092) > 40);
}

#[test]
fn what_the_font_lacks_is_refused_by_name() {
    for (caption, lacking) in [
        ("欢迎😀", '😀'),
        ("龘", '龘'),
        ("a\u{202E}b", '\u{202E}'),
        ("مرحبا", 'م'),
        ("响\u{7}铃", '\u{7}'),
        ("空\0格", '\0'),
        ("零\u{200B}宽", '\u{200B}'),
        ("制\t表", '\t'),
    ] {
        assert_eq!(draw(ADDRESS, caption).unwrap_err(), Refusal::Letter(lacking));
    }
    let said = Refusal::Letter('\u{202E}').to_string();
    assert!(said.contains("U+202E"), "{said}");
    assert!(Refusal::Letter('龘').to_string().contains('龘'));
}

#[test]
fn what_people_are_called_and_what_keyboards_type_is_drawn() {
    // The ends of both levels of GB 2312; of the general list; names; Cantonese.
    let han = "啊座亍齄一龟囍喆玥堃𬭸𫖯嘅冇";
    let rest = "ABCxyz0189~!@#$%^&*()_+-=[]{}|;':\",./<>?`\\ ，。、；：？！“”‘’（）《》【】—…·￥¥€℃№①⑩★☆→←↑↓";
    for letter in han.chars().chain(rest.chars()) {
        assert!(draw(ADDRESS, &format!("字{letter}字")).is_ok(), "{letter}");
        let with = draw(ADDRESS, &format!("字{letter}字")).unwrap().svg();
        let without = draw(ADDRESS, "字 字").unwrap().svg();
        assert!(letter == ' ' || with.len() > without.len(), "{letter} is drawn blank");
    }
}

#[test]
fn a_caption_has_two_lines_of_sixteen() {
    let of = |letters: usize| "字".repeat(letters);
    let height = |caption: &str| draw(ADDRESS, caption).map(|picture| picture.size().1);
    assert_eq!(height(&of(16)), Ok(1_092));
    assert_eq!(height(&of(17)), Ok(1_172));
    assert_eq!(height(&of(32)), Ok(1_172));
    assert_eq!(height(&of(33)), Err(Refusal::Long));
    assert_eq!(height("一\n二\n三"), Err(Refusal::Long));
    assert_eq!(height(&"l".repeat(1_000)), Err(Refusal::Long));
    // A word stays whole, a full stop does not begin a line.
    assert_eq!(height(&format!("{} running club", of(14))), Ok(1_172));
    assert_eq!(height(&format!("{}。", of(16))), Ok(1_172));
}

#[test]
fn an_address_that_makes_too_fine_a_code_is_refused() {
    let long = "x".repeat(201);
    assert_eq!(draw(&long, "").unwrap_err(), Refusal::Address(200));
}

#[test]
fn the_svg_holds_paths_and_nothing_else() {
    let hostile = "<script>&\"'/>]]>";
    let svg = draw(ADDRESS, hostile).unwrap().svg();
    for word in ["<text", "script", "font", "href", "style", "&"] {
        assert!(!svg.contains(word), "{word}");
    }
    assert_eq!(svg.matches('<').count(), 4);
    let (_, d) = svg.rsplit_once(" d=\"").unwrap();
    let d = d.split('"').next().unwrap();
    assert!(d.chars().all(|c| "MLQCz. -".contains(c) || c.is_ascii_digit()), "{d}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_make_a_readable_picture_or_are_refused(caption in "\\PC{0,40}") {
        if let Ok(picture) = draw(ADDRESS, &caption) {
            prop_assert_eq!(read(&picture.png().unwrap()), [ADDRESS]);
        }
    }
}
