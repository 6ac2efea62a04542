//! Spanish.

use super::{ACK, ASKS_MARKED, GREETING, List, PARTICLE, THANKS, TYPE, WELCOME};

pub(super) const LISTS: &[List] = &[
    (
        ACK,
        "\
    sí si no ok vale claro perfecto genial bueno listo entendido recibido excelente bien \
    muy_bien de_acuerdo exacto jaja dale chévere bravo felicidades",
    ),
    (
        GREETING,
        "\
    hola buenos_días buenos_dias buenas_tardes buenas_noches buenas buen_día adiós chao \
    hasta_luego hasta_mañana feliz_cumpleaños",
    ),
    (THANKS, "gracias muchas_gracias mil_gracias"),
    (PARTICLE, "a todos todas amigos grupo muchas el la"),
    (WELCOME | GREETING, "bienvenido bienvenida bienvenidos bienvenidas"),
    (
        ASKS_MARKED,
        "\
    qué que cómo como cuándo cuando dónde donde quién quien cuál cual cuánto cuanto \
    cuántos cuánta alguien puedo puede hay saben sabe porqué por_qué es tienen tiene",
    ),
    (TYPE, "escribe escriban comenta comenten"),
];
