//! French.

use super::{ACK, ASKS_MARKED, GREETING, List, PARTICLE, THANKS, TYPE, WELCOME};

pub(super) const LISTS: &[List] = &[
    (
        ACK,
        "\
    oui non ok d'accord parfait super bien reçu bien_reçu très_bien génial exact bravo \
    ouais entendu compris mdr top félicitations pas_de_souci voilà",
    ),
    (
        GREETING,
        "\
    bonjour bonsoir salut coucou bonne_nuit bonne_journée bonne_soirée au_revoir \
    à_demain à_bientôt bon_anniversaire",
    ),
    (THANKS, "merci merci_beaucoup mille_mercis"),
    (PARTICLE, "à tous toutes tout le monde les amis beaucoup"),
    (WELCOME | GREETING, "bienvenue"),
    (
        ASKS_MARKED,
        "\
    quoi que qui comment où quand pourquoi quel quelle quels quelles combien est-ce \
    quelqu'un peut peux savez sait avez lequel est",
    ),
    (TYPE, "tapez écrivez commentez"),
];
