//! What a backup file is made of, byte by byte; `docs/store.md` has the picture.
//!
//! Invariant: what [`Packer`] writes, [`Cells`] reads back the same; whatever else it is given, it
//! answers a [`Damage`] and never panics or asks for more memory than the bytes there are.

use domain::Millis;
use serde_json::{Value as Json, json};

use crate::sql::{Kind, Table};

/// The first bytes of every backup, in front of the compressed stream; a version follows, u16 LE.
pub(super) const MAGIC: &[u8; 14] = b"huoqun backup\n";
/// The version of the format: higher ones are refused.
pub(super) const FORMAT: u16 = 1;
/// Longest header: some hundred tables.
pub(super) const HEADER_MAX: u32 = 1 << 20;
/// Begins a block of rows.
pub(super) const ROWS: u8 = 1;
/// Begins the end: counts and checksum.
pub(super) const END: u8 = 2;
/// Bytes after which a block is full; a single row may be longer.
const BLOCK_BYTES: usize = 256 * 1024;

/// What is wrong with a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Damage(pub(super) String);

impl Damage {
    pub(super) fn new(what: &str) -> Self {
        Self(what.to_owned())
    }
}

/// Says what the file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Version of the schema: how many migrations the database had seen.
    pub(super) schema: i64,
    pub(super) made: Millis,
    pub(super) tables: Vec<Shape>,
}

/// A table as the file holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) columns: Vec<(String, Kind)>,
}

impl From<&Table> for Shape {
    fn from(table: &Table) -> Self {
        let columns = table.columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind));
        Self { name: table.name.to_owned(), columns: columns.collect() }
    }
}

impl Shape {
    /// The columns, quoted, with commas.
    pub(super) fn columns_sql(&self) -> String {
        let names: Vec<String> =
            self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        names.join(", ")
    }
}

impl Header {
    pub(super) fn write(&self) -> String {
        let shape = |shape: &Shape| {
            let columns: Vec<Json> =
                shape.columns.iter().map(|(name, kind)| json!([name, word(*kind)])).collect();
            json!({ "name": shape.name, "columns": columns })
        };
        let tables: Vec<Json> = self.tables.iter().map(shape).collect();
        json!({ "schema": self.schema, "made": self.made.0, "tables": tables }).to_string()
    }

    pub(super) fn read(text: &[u8]) -> Result<Self, Damage> {
        let json: Json =
            serde_json::from_slice(text).map_err(|_| Damage::new("its header is not JSON"))?;
        let parts = || {
            let tables = json.get("tables")?.as_array()?;
            Some(Self {
                schema: json.get("schema")?.as_i64().filter(|version| *version > 0)?,
                made: Millis(json.get("made")?.as_i64()?),
                tables: tables.iter().map(shape).collect::<Option<_>>()?,
            })
        };
        parts().ok_or_else(|| Damage::new("its header lacks something"))
    }
}

fn shape(json: &Json) -> Option<Shape> {
    let column = |json: &Json| Some((named(json.get(0)?)?, kind(json.get(1)?.as_str()?)?));
    let columns: Vec<_> =
        json.get("columns")?.as_array()?.iter().map(column).collect::<Option<_>>()?;
    (!columns.is_empty()).then_some(Shape { name: named(json.get("name")?)?, columns })
}

/// Only such names come near a statement.
fn named(json: &Json) -> Option<String> {
    let name = json.as_str()?;
    let plain = |c: char| c.is_ascii_lowercase() || c == '_';
    ((1..=63).contains(&name.len()) && name.chars().all(plain)).then(|| name.to_owned())
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Int => "int",
        Kind::Text => "text",
        Kind::Bytes => "bytes",
    }
}

fn kind(word: &str) -> Option<Kind> {
    [Kind::Int, Kind::Text, Kind::Bytes].into_iter().find(|kind| self::word(*kind) == word)
}

/// Rows of one table, packed.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Its place in the header.
    pub(super) table: u16,
    pub(super) rows: u32,
    pub(super) bytes: Vec<u8>,
}

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// Packs rows into blocks.
pub(super) struct Packer {
    block: Block,
}

impl Packer {
    pub(super) fn new(table: u16) -> Self {
        Self { block: Block { table, ..Block::default() } }
    }

    pub(super) fn cell(&mut self, cell: Cell<'_>) {
        let bytes = &mut self.block.bytes;
        match cell {
            Cell::Null => bytes.push(0),
            Cell::Int(value) => {
                bytes.push(1);
                put_number(bytes, ((value << 1) ^ (value >> 63)).cast_unsigned());
            }
            Cell::Text(text) => {
                bytes.push(2);
                put_number(bytes, text.len() as u64);
                bytes.extend_from_slice(text.as_bytes());
            }
            Cell::Bytes(value) => {
                bytes.push(3);
                put_number(bytes, value.len() as u64);
                bytes.extend_from_slice(value);
            }
        }
    }

    /// Ends a row; the block when it is full.
    pub(super) fn end_row(&mut self) -> Option<Block> {
        self.block.rows += 1;
        (self.block.bytes.len() >= BLOCK_BYTES).then(|| self.take())
    }

    /// What is left.
    pub(super) fn rest(mut self) -> Option<Block> {
        (self.block.rows > 0).then(|| self.take())
    }

    fn take(&mut self) -> Block {
        let next = Block { table: self.block.table, ..Block::default() };
        std::mem::replace(&mut self.block, next)
    }
}

fn put_number(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

/// The values of a block, one after the other.
pub(super) struct Cells<'a> {
    rest: &'a [u8],
}

impl<'a> Cells<'a> {
    pub(super) fn new(block: &'a Block) -> Self {
        Self { rest: &block.bytes }
    }

    /// The next value, which the column must be able to hold.
    pub(super) fn next(&mut self, kind: Kind) -> Result<Cell<'a>, Damage> {
        match (self.byte()?, kind) {
            (0, _) => Ok(Cell::Null),
            (1, Kind::Int) => {
                let folded = self.number()?;
                Ok(Cell::Int((folded >> 1).cast_signed() ^ -(folded & 1).cast_signed()))
            }
            (2, Kind::Text) => match std::str::from_utf8(self.run()?) {
                Ok(text) => Ok(Cell::Text(text)),
                Err(_) => Err(Damage::new("a text is not UTF-8")),
            },
            (3, Kind::Bytes) => Ok(Cell::Bytes(self.run()?)),
            _ => Err(Damage::new("a value is of another kind than its column")),
        }
    }

    /// That all was read.
    pub(super) fn end(&self) -> Result<(), Damage> {
        if self.rest.is_empty() { Ok(()) } else { Err(Damage::new("a block is too long")) }
    }

    fn byte(&mut self) -> Result<u8, Damage> {
        let (byte, rest) = self.rest.split_first().ok_or_else(short)?;
        self.rest = rest;
        Ok(*byte)
    }

    fn number(&mut self) -> Result<u64, Damage> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Damage::new("a number is too long"))
    }

    fn run(&mut self) -> Result<&'a [u8], Damage> {
        let length = usize::try_from(self.number()?).map_err(|_| short())?;
        let (run, rest) = self.rest.split_at_checked(length).ok_or_else(short)?;
        self.rest = rest;
        Ok(run)
    }
}

fn short() -> Damage {
    Damage::new("a block is too short")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::TABLES;

    #[test]
    fn a_header_is_read_back_and_strange_names_are_refused() {
        let tables = TABLES.iter().map(Shape::from).collect();
        let header = Header { schema: 3, made: Millis(-5), tables };
        assert_eq!(Header::read(header.write().as_bytes()), Ok(header));
        for tables in [
            r#"[{"name":"a\"; DROP TABLE facts; --","columns":[["id","int"]]}]"#,
            r#"[{"name":"a","columns":[["id","float"]]}]"#,
            r#"[{"name":"a","columns":[]}]"#,
            "{}",
        ] {
            let text = format!(r#"{{"schema":1,"made":0,"tables":{tables}}}"#);
            assert!(Header::read(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn values_are_read_back_and_cut_or_changed_blocks_are_refused() {
        let bytes = [7_u8; 300];
        let cells = [
            (Kind::Int, Cell::Int(i64::MIN)),
            (Kind::Int, Cell::Int(i64::MAX)),
            (Kind::Int, Cell::Int(-1)),
            (Kind::Int, Cell::Null),
            (Kind::Text, Cell::Text("茶")),
            (Kind::Text, Cell::Text("")),
            (Kind::Bytes, Cell::Bytes(&bytes)),
        ];
        let mut packer = Packer::new(2);
        for (_, cell) in cells {
            packer.cell(cell);
        }
        assert!(packer.end_row().is_none());
        let mut block = packer.rest().unwrap();
        let mut read = Cells::new(&block);
        for (kind, cell) in cells {
            assert_eq!(read.next(kind), Ok(cell));
        }
        assert_eq!(read.end(), Ok(()));
        assert!(Cells::new(&block).next(Kind::Text).is_err());
        while block.bytes.pop().is_some() {
            let mut read = Cells::new(&block);
            assert!(cells.iter().any(|(kind, _)| read.next(*kind).is_err()));
        }
        block.bytes = vec![3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
        assert!(Cells::new(&block).next(Kind::Bytes).is_err());
    }
}
