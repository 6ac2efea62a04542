//! German.

use super::{ACK, ASKS_MARKED, GREETING, List, PARTICLE, THANKS, TYPE, WELCOME};

pub(super) const LISTS: &[List] = &[
    (
        ACK,
        "\
    ja nein ok okay gut super klar genau stimmt passt alles_klar verstanden prima \
    perfekt toll cool danke_gleichfalls richtig jawohl gerne kein_problem haha \
    glückwunsch",
    ),
    (
        GREETING,
        "\
    hallo guten_morgen guten_tag guten_abend gute_nacht moin servus tschüss tschüs \
    bis_morgen bis_später morgen grüß_gott alles_gute",
    ),
    (THANKS, "danke dankeschön vielen_dank danke_dir danke_euch besten_dank merci"),
    (PARTICLE, "zusammen alle leute allen an euch dir sehr"),
    (WELCOME | GREETING, "willkommen herzlich_willkommen"),
    (
        ASKS_MARKED,
        "\
    was wie wo wann wer warum welche welcher welches wieso weshalb kann gibt hat ist \
    jemand wieviel sind könnt könnte weiß wohin",
    ),
    (TYPE, "schreibt schreib tippt"),
];
