//! Korean.

use super::{ACK, ASKS, ASKS_MARKED, GREETING, List, THANKS, WELCOME};

pub(super) const LISTS: &[List] = &[
    (
        ACK,
        "\
    네 넵 예 응 아니요 좋아요 알겠습니다 확인 확인했습니다 대박 굿 축하해요 축하합니다 \
    수고하셨습니다 ㅋㅋ ㅎㅎ ㅋ ㅎ",
    ),
    (GREETING, "안녕 안녕하세요 안녕히 좋은 아침 좋은아침"),
    (THANKS, "감사합니다 고맙습니다 고마워요 고마워"),
    (WELCOME | GREETING, "환영합니다 환영해요"),
    (ASKS, "나요 까요 인가요 습니까 ㅂ니까"),
    (ASKS_MARKED, "뭐 무엇 어떻게 언제 어디 누구 왜 얼마 몇 혹시 가요"),
];
