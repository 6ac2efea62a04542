//! Portuguese.

use super::{ACK, ASKS_MARKED, GREETING, List, PARTICLE, THANKS, TYPE, WELCOME};

pub(super) const LISTS: &[List] = &[
    (
        ACK,
        "\
    sim não nao ok certo beleza blz perfeito ótimo otimo legal show entendi combinado \
    top isso valeu kkk kkkk parabéns boa",
    ),
    (
        GREETING,
        "olá ola oi bom_dia boa_tarde boa_noite tchau até_logo até_amanhã feliz_aniversário",
    ),
    (THANKS, "obrigado obrigada muito_obrigado muito_obrigada obg"),
    (PARTICLE, "a todos todas pessoal gente galera grupo muito"),
    (WELCOME | GREETING, "bem-vindo bem-vinda bem-vindos bem_vindo bem_vindos seja_bem-vindo"),
    (
        ASKS_MARKED,
        "\
    que como quando onde quem qual quais quanto quantos alguém alguem posso pode tem \
    porque por_que é vocês",
    ),
    (TYPE, "digite digita comenta comente escreva"),
];
