//! Whatever the person gives becomes a list of entries, and each entry becomes text.

use imports::{Bundle, ImportError, Limits};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

/// Line, repaired, cut.
type Line = (String, bool, bool);

fn lines_of(bundle: &Bundle, path: &str) -> Result<Vec<Line>, ImportError> {
    let entry = bundle.entries().iter().find(|entry| entry.path() == path).expect(path);
    let mut reader = entry.text()?;
    let mut lines = Vec::new();
    let mut sum = 0;
    while let Some(line) =
        reader.next_line().map_err(|error| ImportError::from_io(entry.place(0), error))?
    {
        sum += line.bytes;
        lines.push((line.text.to_owned(), line.repaired, line.cut));
        assert_eq!(line.number, lines.len() as u64);
    }
    let mut raw = Vec::new();
    entry.open()?.read_to_end(&mut raw).unwrap();
    assert_eq!(sum, raw.len() as u64, "the bytes reported are the bytes there are");
    Ok(lines)
}

fn texts(bytes: &[u8]) -> Vec<String> {
    let bundle = Bundle::of(&[("a.txt", bytes)]);
    lines_of(&bundle, "a.txt").unwrap().into_iter().map(|(text, ..)| text).collect()
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|c| if big { c.to_be_bytes() } else { c.to_le_bytes() }).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        if name.ends_with('/') {
            out.add_directory(*name, SimpleFileOptions::default()).unwrap();
        } else {
            out.start_file(*name, SimpleFileOptions::default()).unwrap();
            out.write_all(bytes).unwrap();
        }
    }
    out.finish().unwrap().into_inner()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn open(path: &Path) -> Result<Bundle, ImportError> {
    Bundle::open(&[path.to_owned()], Limits::default())
}

fn paths(bundle: &Bundle) -> Vec<&str> {
    bundle.entries().iter().map(imports::Entry::path).collect()
}

fn code(result: Result<impl Sized, ImportError>) -> &'static str {
    result.err().map_or("no error", |error| error.code())
}

#[test]
fn the_same_text_comes_out_of_every_encoding() {
    let text = "安: 早上好\r\n小林: 大家好，今天开会吗\nbo: ok";
    let expected = ["安: 早上好", "小林: 大家好，今天开会吗", "bo: ok"];
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let with_mark = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    for (name, bytes) in [
        ("utf-8", text.as_bytes().to_vec()),
        ("utf-8 with mark", with_mark(b"\xef\xbb\xbf", text.as_bytes())),
        ("utf-16 le", with_mark(b"\xff\xfe", &utf16(text, false))),
        ("utf-16 be", with_mark(b"\xfe\xff", &utf16(text, true))),
        ("gb18030", gb.into_owned()),
    ] {
        assert_eq!(texts(&bytes), expected, "{name}");
        let bundle = Bundle::of(&[("a.txt", &bytes)]);
        let head = bundle.entries()[0].head_text();
        assert!(head.starts_with("安: 早上好\r\n小林"), "{name}: {head}");
    }
}

#[test]
fn utf_16_without_a_mark_shows_by_its_zeros() {
    let text = "2024-01-05 9:07:03 Ann(123456)\nhello\n";
    for big in [false, true] {
        assert_eq!(texts(&utf16(text, big)), ["2024-01-05 9:07:03 Ann(123456)", "hello"]);
    }
}

#[test]
fn chinese_that_begins_late_is_still_recognised() {
    for pad in [0, 1, 2, 3, 65_533, 65_534, 65_535, 65_536, 70_000, 131_071] {
        let text = format!("{}\n大家好，吃饭了吗\n", "x".repeat(pad));
        let (gb, _, _) = encoding_rs::GB18030.encode(&text);
        assert_eq!(texts(&gb)[1], "大家好，吃饭了吗", "GB18030 after {pad}");
        assert_eq!(texts(text.as_bytes())[1], "大家好，吃饭了吗", "UTF-8 after {pad}");
    }
}

#[test]
fn stray_bytes_are_replaced_and_their_line_says_so() {
    let bytes = b"plain\ncaf\xe9 time\nJos\xe9 m\xfcller\nna\xc3\xafve\n";
    let bundle = Bundle::of(&[("a.txt", bytes)]);
    let lines = lines_of(&bundle, "a.txt").unwrap();
    let expected = [
        ("plain", false, false),
        ("caf\u{fffd} time", true, false),
        ("Jos\u{fffd} m\u{fffd}ller", true, false),
        ("naïve", false, false),
    ];
    let seen: Vec<_> = lines.iter().map(|(text, r, c)| (text.as_str(), *r, *c)).collect();
    assert_eq!(seen, expected);
}

#[test]
fn an_unfinished_character_at_the_end_is_replaced() {
    let cut = &"早上好".as_bytes()[..8];
    let bundle = Bundle::of(&[("a.txt", cut)]);
    assert_eq!(lines_of(&bundle, "a.txt").unwrap(), [("早上\u{fffd}".to_owned(), true, false)]);
}

#[test]
fn empty_lines_and_a_missing_last_line_end_are_kept_as_they_are() {
    assert_eq!(texts(b""), Vec::<String>::new());
    assert_eq!(texts(b"\n"), [""]);
    assert_eq!(texts(b"a\n\n\r\nb"), ["a", "", "", "b"]);
    assert_eq!(texts(b"a\n"), ["a"]);
}

#[test]
fn an_overlong_line_is_cut_and_the_next_one_is_whole() {
    let long = "字".repeat(3_500_000);
    let bytes = format!("before\n{long}\nafter\n");
    let bundle = Bundle::of(&[("a.txt", bytes.as_bytes())]);
    let lines = lines_of(&bundle, "a.txt").unwrap();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1].0.len(), 4 * 1024 * 1024 / 3 * 3);
    assert!(long.starts_with(&lines[1].0) && lines[1].2);
    assert_eq!(lines[2], ("after".to_owned(), false, false));
}

#[test]
fn parsers_that_take_readers_get_valid_utf_8() {
    let mut text = String::new();
    let bundle = Bundle::of(&[("a.txt", b"\xef\xbb\xbfone\ntw\xffo \xe6\x97\xa9\n")]);
    bundle.entries()[0].text().unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "one\ntw\u{fffd}o 早\n");
}

#[test]
fn a_folder_is_read_with_hidden_files_in_the_order_of_names() {
    let dir = folder(&[
        ("b/.2E.topic.json", b"[1]"),
        ("b/a.txt", b"a"),
        ("a.txt", b"z"),
        (".git/config", b"no"),
        ("__MACOSX/a.txt", b"no"),
        (".DS_Store", b"no"),
    ]);
    let bundle = open(dir.path()).unwrap();
    assert_eq!(paths(&bundle), ["a.txt", "b/.2E.topic.json", "b/a.txt"]);
    assert_eq!(bundle.bytes(), 5);
    assert_eq!(bundle.name(), dir.path().to_str().unwrap());
}

#[test]
fn packed_files_are_known_by_content_whatever_they_are_called() {
    let text = b"hello\nworld\n".as_slice();
    let dir = folder(&[
        ("a.txt.gz", &gzip(text)),
        ("b.txt.zst", &zstd::encode_all(text, 0).unwrap()),
        ("c.txt", &gzip(text)),
        ("d.zip", &zipped(&[("in/", b""), ("in/e.txt", text), ("in/f.txt.gz", &gzip(text))])),
    ]);
    let bundle = open(dir.path()).unwrap();
    assert_eq!(paths(&bundle), ["a.txt", "b.txt", "c.txt", "d/in/e.txt", "d/in/f.txt"]);
    for entry in bundle.entries() {
        assert_eq!(entry.head(), text, "{}", entry.path());
        assert_eq!(lines_of(&bundle, entry.path()).unwrap().len(), 2, "{}", entry.path());
    }
    let alone = open(&dir.path().join("d.zip")).unwrap();
    assert_eq!(paths(&alone), ["in/e.txt", "in/f.txt"]);
}

#[test]
fn two_archives_with_the_same_names_stay_apart() {
    let one = zipped(&[("users.json", b"1")]);
    let dir = folder(&[("x.zip", &one), ("y.zip", &one), ("z.txt", b"z")]);
    let given: Vec<PathBuf> =
        ["y.zip", "x.zip", "z.txt"].iter().map(|name| dir.path().join(name)).collect();
    let bundle = Bundle::open(&given, Limits::default()).unwrap();
    assert_eq!(paths(&bundle), ["y/users.json", "x/users.json", "z.txt"]);
}

#[test]
fn a_zip_in_a_zip_is_read_and_a_third_one_is_refused() {
    let inner = zipped(&[("a.txt", b"hello")]);
    let outer = zipped(&[("inner.zip", &inner)]);
    let third = zipped(&[("outer.zip", &outer)]);
    let mut stored = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    stored.start_file("inner.zip", plain).unwrap();
    stored.write_all(&inner).unwrap();
    let stored = stored.finish().unwrap().into_inner();
    let dir = folder(&[("2.zip", &outer), ("3.zip", &third), ("stored.zip", &stored)]);
    for name in ["2.zip", "stored.zip"] {
        let bundle = open(&dir.path().join(name)).unwrap();
        assert_eq!(texts_in(&bundle, "inner/a.txt"), ["hello"], "{name}");
    }
    assert_eq!(code(open(&dir.path().join("3.zip"))), "unsupported");
}

fn texts_in(bundle: &Bundle, path: &str) -> Vec<String> {
    lines_of(bundle, path).unwrap().into_iter().map(|(text, ..)| text).collect()
}

#[test]
fn a_spreadsheet_stays_one_entry() {
    let sheet = zipped(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]);
    let dir = folder(&[("a.xlsx", &sheet), ("b.zip", &zipped(&[("c.xlsx", &sheet)]))]);
    let bundle = open(dir.path()).unwrap();
    assert_eq!(paths(&bundle), ["a.xlsx", "b/c.xlsx"]);
    assert!(bundle.entries().iter().all(|entry| entry.head().starts_with(b"PK\x03\x04")));
}

#[test]
fn names_in_gbk_are_read() {
    // "群聊.txt" in GBK, written as raw bytes over a name of the same length.
    let raw = encoding_rs::GBK.encode("群聊.txt").0.into_owned();
    let mut bytes = zipped(&[("abcd.txt", b"hello")]);
    while let Some(at) = bytes.windows(8).position(|window| window == b"abcd.txt") {
        bytes[at..at + 8].copy_from_slice(&raw);
    }
    let dir = folder(&[("a.zip", &bytes)]);
    let bundle = open(&dir.path().join("a.zip")).unwrap();
    assert_eq!(paths(&bundle), ["群聊.txt"]);
    assert_eq!(texts_in(&bundle, "群聊.txt"), ["hello"]);
}

#[test]
fn an_archive_that_grows_without_end_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bomb.zip");
    let mut out = zip::ZipWriter::new(File::create(&path).unwrap());
    out.start_file("zeros.txt", SimpleFileOptions::default().compression_level(Some(9))).unwrap();
    io::copy(&mut io::repeat(0).take(200 << 20), &mut out).unwrap();
    out.finish().unwrap();
    let bundle = open(&path).unwrap();
    let entry = &bundle.entries()[0];
    let error = io::copy(&mut entry.open().unwrap(), &mut io::sink()).unwrap_err();
    let error = ImportError::from_io(entry.place(0), error);
    assert!(matches!(error, ImportError::Bomb { why: "ratio", .. }), "{error:?}");
}

#[test]
fn the_total_size_is_counted_once_however_often_an_entry_is_read() {
    let dir = folder(&[("a.zip", &zipped(&[("a.txt", &[b'a'; 600]), ("b.txt", &[b'b'; 600])]))]);
    let limits = Limits { unpacked_bytes: 1_000, ..Limits::default() };
    let bundle = Bundle::open(&[dir.path().join("a.zip")], limits).unwrap();
    for _ in 0..3 {
        assert_eq!(texts_in(&bundle, "a.txt")[0].len(), 600);
    }
    assert_eq!(code(lines_of(&bundle, "b.txt")), "bomb");
}

#[test]
fn too_many_entries_are_refused() {
    let limits = Limits { entries: 2, ..Limits::default() };
    let three: [(&str, &[u8]); 3] = [("a", b"1"), ("b", b"2"), ("c", b"3")];
    let dir = folder(&three);
    let packed = folder(&[("z.zip", &zipped(&three))]);
    for path in [dir.path().to_owned(), packed.path().join("z.zip")] {
        assert_eq!(code(Bundle::open(&[path], limits)), "bomb");
    }
}

#[test]
fn a_cut_file_is_truncated_and_the_lines_before_the_cut_are_read() {
    let text: String = (0..20_000).map(|n| format!("line {n} {}\n", n * 7919 % 1000)).collect();
    let packed = gzip(text.as_bytes());
    let zst = zstd::encode_all(text.as_bytes(), 0).unwrap();
    let dir =
        folder(&[("a.txt.gz", &packed[..packed.len() / 2]), ("b.txt.zst", &zst[..zst.len() / 2])]);
    let bundle = open(dir.path()).unwrap();
    for entry in bundle.entries() {
        let mut reader = entry.text().unwrap();
        let mut count = 0;
        let error = loop {
            match reader.next_line() {
                Ok(Some(_)) => count += 1,
                Ok(None) => panic!("no error in {}", entry.path()),
                Err(error) => break ImportError::from_io(entry.place(count), error),
            }
        };
        assert_eq!(error.code(), "truncated", "{error:?}");
        assert!(entry.path() == "b.txt" || count > 1_000, "{count} lines of {}", entry.path());
    }
}

#[test]
fn a_cut_or_damaged_zip_is_refused() {
    let text: String = (0..2_000).map(|n| format!("line {n}\n")).collect();
    let whole = zipped(&[("a.txt", text.as_bytes())]);
    let mut damaged = whole.clone();
    damaged[60] ^= 0x55;
    let dir = folder(&[("cut.zip", &whole[..whole.len() / 2]), ("damaged.zip", &damaged)]);
    assert_eq!(code(open(&dir.path().join("cut.zip"))), "truncated");
    let bundle = open(&dir.path().join("damaged.zip")).unwrap();
    assert_eq!(code(lines_of(&bundle, "a.txt")), "malformed");
}

#[test]
fn a_password_is_named() {
    let mut bytes = zipped(&[("a.txt", b"hello")]);
    let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[6] |= 1; // the flag in the local header
    bytes[directory + 8] |= 1; // and in the directory
    let dir = folder(&[("a.zip", &bytes)]);
    let error = open(&dir.path().join("a.zip")).unwrap_err();
    assert!(matches!(&error, ImportError::Encrypted(place) if place.file == "a.zip/a.txt"));
}

#[test]
fn what_is_missing_empty_or_foreign_is_named() {
    let dir = folder(&[("empty.txt", b""), ("sub/empty.txt", b""), ("a.rar", b"Rar!\x1a\x07\x00")]);
    assert_eq!(code(open(&dir.path().join("nowhere.txt"))), "unreadable");
    assert_eq!(code(open(&dir.path().join("empty.txt"))), "empty");
    assert_eq!(code(open(&dir.path().join("sub"))), "empty");
    assert_eq!(code(open(&dir.path().join("a.rar"))), "unsupported");
}

#[test]
fn many_entries_are_opened_one_by_one() {
    let names: Vec<String> = (0..3_000).map(|n| format!("day/{n:05}.log")).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), name.as_bytes())).collect();
    let dir = folder(&[("a.zip", &zipped(&files))]);
    let bundle = open(&dir.path().join("a.zip")).unwrap();
    assert_eq!(bundle.entries().len(), 3_000);
    assert!(bundle.entries().iter().all(|entry| entry.head() == entry.path().as_bytes()));
}
