//! QR codes as files.

use axum::http::StatusCode;

use crate::browser::{Browser, Place, form};
use crate::links::{placed, web_code};

/// The bytes of a file.
async fn file(owner: &mut Browser, path: &str) -> Vec<u8> {
    let answer = owner.open("GET", path, "").await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    axum::body::to_bytes(answer.into_body(), 1_000_000).await.unwrap().to_vec()
}

#[tokio::test]
async fn a_code_is_taken_as_png_and_svg_with_a_chinese_caption() {
    let place = Place::with(web::Limits::none()).await;
    let mut owner = place.operator().await;
    let code = web_code(&mut owner, "双十一引流").await;
    let at = placed(&mut owner, &code, "店门口海报").await;
    let caption = form(&[("caption", "扫码进群\n每晚八点抢券")]);
    let png = file(&mut owner, &format!("{at}/qr.png?{caption}")).await;
    assert!(png.starts_with(b"\x89PNG") && png.len() > 4_000, "{} bytes", png.len());
    let svg = file(&mut owner, &format!("{at}/qr.svg?{caption}")).await;
    let svg = String::from_utf8(svg).unwrap();
    assert!(svg.starts_with("<svg ") && !svg.contains("<text"), "{svg}");
    let bare = file(&mut owner, &format!("{at}/qr.svg")).await;
    assert!(bare.len() < svg.len(), "the words are there");
    let page = owner.get(&format!("{at}?{caption}")).await;
    assert!(page.text.contains("每晚八点抢券</textarea>"), "{}", page.text);
    assert!(page.text.contains(&format!("{at}/qr.png?caption=%E6%89%AB")), "{}", page.text);
    // The page keeps room for the picture, as high as its caption makes it.
    let size = |attributes: &str| {
        let of = |name: &str| {
            let (_, rest) = attributes.split_once(&format!(" {name}=\"")).unwrap();
            rest.split('"').next().unwrap().parse::<u32>().unwrap()
        };
        (of("width"), of("height"))
    };
    let (_, image) = page.text.split_once("<img class=\"hq-poster\"").unwrap();
    let (kept, drawn) = (size(image), size(&svg));
    assert_eq!(kept, (260, (drawn.1 * 260).div_ceil(drawn.0)), "{drawn:?}");
    let answer = owner.get(&format!("{at}/qr.png")).await;
    assert_eq!(answer.header("content-type"), "image/png");
    assert!(answer.header("content-disposition").starts_with("attachment; filename=\""));
    assert_eq!(owner.get(&format!("{at}/qr.gif")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_character_that_the_font_lacks_is_named_and_no_file_is_made() {
    let place = Place::with(web::Limits::none()).await;
    let mut owner = place.operator().await;
    let code = web_code(&mut owner, "双十一引流").await;
    let at = placed(&mut owner, &code, "店门口海报").await;
    for (caption, words) in [
        ("欢迎😀", "U+1F600"),
        ("龘龘", "「龘」"),
        ("一\n二\n三", "最多 2 行，每行 16 个汉字"),
        ("a\u{202E}b", "U+202E"),
    ] {
        let caption = form(&[("caption", caption)]);
        let page = owner.get(&format!("{at}?{caption}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains(words) && page.text.contains("is-invalid"), "{}", page.text);
        assert!(!page.text.contains("qr.png"), "nothing to take that would be refused");
        let refused = owner.get(&format!("{at}/qr.png?{caption}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(words), "{}", refused.text);
    }
    let long = form(&[("caption", &"长".repeat(5_000))]);
    let refused = owner.get(&format!("{at}/qr.svg?{long}")).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
}
