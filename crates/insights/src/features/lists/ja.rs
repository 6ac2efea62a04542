//! Japanese.

use super::{ACK, ASKS, ASKS_MARKED, GREETING, List, THANKS, WELCOME};

pub(super) const LISTS: &[List] = &[
    (
        ACK,
        "\
    はい うん いいね なるほど 了解 了解です りょうかい すごい おめでとう \
    おめでとうございます わかりました 承知しました お疲れ様です お疲れ様でした",
    ),
    (
        GREETING,
        "\
    おはよう おはようございます こんにちは こんばんは おやすみ おやすみなさい \
    はじめまして よろしくお願いします よろしく",
    ),
    (THANKS, "ありがとう ありがとうございます どうも"),
    (WELCOME | GREETING, "ようこそ"),
    (ASKS, "ですか ますか ませんか でしょうか ましたか"),
    (ASKS_MARKED, "何 どう いつ どこ 誰 なぜ なに だれ どれ どの いくら か"),
];
