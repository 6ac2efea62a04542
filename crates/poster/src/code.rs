//! The QR code of an address.

use fast_qr::{ECL, QRBuilder};

use crate::Refusal;
use crate::ink::Ink;

/// Bytes of an address, at most: with a quarter of the code spare (level Q) they make a code of
/// 65 squares (version 12), which phones still read from a hand-sized print.
const BYTES_MAX: usize = 200;

/// Light squares around the code (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// Draws the code into a square of `side` pixels, quiet zone included.
pub(crate) fn draw(address: &str, side: u32, ink: &mut Ink) -> Result<(), Refusal> {
    let too_long = Refusal::Address(BYTES_MAX);
    if address.len() > BYTES_MAX {
        return Err(too_long);
    }
    // Level Q: a quarter of the squares may be dirty, torn or glared at.
    let code = QRBuilder::new(address).ecl(ECL::Q).build().map_err(|_| too_long)?;
    let squares = u16::try_from(code.size + 2 * QUIET).map_err(|_| too_long)?;
    let square = u16::try_from(side / u32::from(squares)).map_err(|_| too_long)?;
    // Whole pixels keep the edges sharp; what is left over goes around.
    let left_over = side - u32::from(square) * u32::from(squares);
    let edge = f32::from(u16::try_from(left_over / 2).unwrap_or_default());
    let at = |square_at: usize| {
        let of = u16::try_from(square_at + QUIET).unwrap_or_default();
        edge + f32::from(of) * f32::from(square)
    };
    for y in 0..code.size {
        let row = code.data.get(y * code.size..(y + 1) * code.size).unwrap_or_default();
        let mut x = 0;
        for run in row.chunk_by(|one, next| one.value() == next.value()) {
            if run.first().is_some_and(|one| one.value()) {
                ink.block([at(x), at(y), at(x + run.len()) - at(x), f32::from(square)]);
            }
            x += run.len();
        }
    }
    Ok(())
}
