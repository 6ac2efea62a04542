//! Hindi in Latin letters, and in its own.

use super::{ACK, ASKS_MARKED, GREETING, List, PARTICLE, THANKS, WELCOME};

pub(super) const LISTS: &[List] = &[
    (
        ACK,
        "\
    haan han ji haan_ji theek thik theek_hai thik_hai accha acha sahi sahi_hai bilkul \
    badhiya nahi हाँ हां जी ठीक ठीक_है अच्छा सही",
    ),
    (GREETING, "namaste namaskar pranam suprabhat shubh_ratri नमस्ते नमस्कार सुप्रभात जय_हिंद"),
    (THANKS, "dhanyavad dhanyawad shukriya धन्यवाद शुक्रिया"),
    (PARTICLE, "bhai sabko sab aap bhaiya"),
    (WELCOME | GREETING, "swagat swagat_hai स्वागत"),
    (
        ASKS_MARKED,
        "\
    kya kaise kab kahan kaun kyun kyu kitna kitne koi hai क्या कैसे कब कहाँ कौन क्यों \
    कितना कोई",
    ),
];
