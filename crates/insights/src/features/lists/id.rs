//! Indonesian and Malay.

use super::{ACK, ASKS_MARKED, GREETING, List, PARTICLE, THANKS, TYPE, WELCOME};

pub(super) const LISTS: &[List] = &[
    (
        ACK,
        "\
    ya iya tidak ok oke siap baik sip setuju betul benar mantap mantul keren bagus paham \
    mengerti noted wkwk wkwkwk hadir nyimak gas sukses",
    ),
    (
        GREETING,
        "\
    halo hai selamat_pagi selamat_siang selamat_sore selamat_malam pagi siang sore malam \
    assalamualaikum",
    ),
    (THANKS, "terima_kasih terimakasih makasih trims tq matur_nuwun"),
    (PARTICLE, "semua semuanya kak min gan teman teman-teman bang banyak"),
    (WELCOME | GREETING, "selamat_datang"),
    (
        ASKS_MARKED,
        "\
    apa bagaimana gimana kapan siapa mana dimana kenapa mengapa berapa ada apakah bisa \
    boleh adakah",
    ),
    (TYPE, "ketik komen"),
];
