//! English.

use super::{
    ACK, ADVERT, ANYONE, ASKS, ASKS_MARKED, AUX, COMMAND, CONTACT, GREETING, LEAD_IN, List,
    NOT_ASKING, PARTICLE, SUBJECT, TELLS, THANKS, TYPE, WELCOME, WH,
};

pub(super) const LISTS: &[List] = &[
    (ACK, ACKNOWLEDGEMENTS),
    (GREETING, GREETINGS),
    (
        GREETING | LEAD_IN,
        "\
    hi hello hey heya hiya hi_all hi_everyone hi_guys hi_folks hi_team hello_all \
    hello_everyone hello_guys hey_all hey_everyone hey_guys hey_folks morning_all \
    morning good_morning good_evening good_afternoon",
    ),
    (
        THANKS,
        "\
    thanks thank_you thx ty tyvm tysm tnx thanx thankyou cheers many_thanks thanks_a_lot \
    thanks_so_much thank_you_so_much thank_you_very_much much_appreciated appreciated \
    appreciate_it 3q",
    ),
    (
        PARTICLE,
        "\
    all everyone everybody guys folks team there friends people ya'll yall y'all channel \
    fam mate mates bro bros man dude sir so very much a the and too from you u again to \
    group chat our new members member here aboard it that this is me i my for ur ppl \
    for_you really super just peeps gang lads ladies sis dear boss",
    ),
    (COMMAND, "checkin check_in daily leaderboard rank ping help_me_bot !rank"),
    (WELCOME | GREETING, "welcome welcome_aboard welcome_back"),
    (ACK, "you're_welcome your_welcome youre_welcome you_are_welcome"),
    (
        WH,
        "\
    how what where when why who which whose what's how's where's who's when's why's \
    whats hows wheres whos whens",
    ),
    (
        AUX,
        "\
    is are am was were do does did can could should would will has have may might isn't \
    aren't doesn't don't didn't can't couldn't shouldn't won't wouldn't hasn't haven't \
    cant doesnt dont didnt isnt",
    ),
    (
        SUBJECT,
        "\
    you u i we they he she it this that these those there anyone anybody someone \
    somebody everyone any the your my our his her their",
    ),
    (ANYONE, "anyone anybody any1 anyone's"),
    (
        LEAD_IN,
        "\
    so ok okay also and but btw guys folks please pls sorry team there friends \
    quick_question question well then dear again yo hmm",
    ),
    (
        ASKS,
        "\
    any_idea any_ideas any_tips any_advice any_suggestion any_suggestions \
    any_recommendation any_recommendations any_thoughts any_clue any_clues any_help \
    any_update any_updates any_news any_chance any_luck any_experience any_examples \
    any_docs any_feedback does_anyone does_anybody do_you_know do_you_guys do_any_of_you \
    has_anyone has_anybody can_anyone can_someone can_anybody can_somebody could_anyone \
    could_someone is_there_a is_there_any is_there_an are_there_any anyone_know \
    anybody_know anyone_knows how_do_i how_can_i where_can_i where_do_i wondering_if \
    wondering_how wondering_what wondering_why wondering_whether wondering_where \
    wondering_which wonder_if wonder_how wonder_why wonder_what wonder_whether need_help \
    need_some_help please_help help_needed help_please pls_help need_advice \
    looking_for_help looking_for_advice someone_help can_you could_you would_you \
    mind_if_i is_it_possible",
    ),
    (ASKS_MARKED, "or right any someone somebody else huh eh"),
    (
        NOT_ASKING,
        "\
    thank_you_for_how no_matter_how no_matter_what no_matter_who that's_how that's_why \
    that_is_why this_is_how this_is_why that's_what this_is_what you_can_do i_know_how \
    here's_how here_is_how know_what_is show_you_how_to shows_how_to explain_how_to \
    explains_how_to learn_how_to learned_how_to tutorial_on_how_to guide_on_how_to \
    know_how_to figured_out_how as_you_can_see if_you_can so_you_can you_can \
    wish_you_could which_is how_nice how_cool how_lovely what_a what_an do_you_a",
    ),
    (TELLS, "explains explaining shows learned discovered depends regardless whatever"),
    (
        ADVERT,
        "\
    discount promo promotion giveaway airdrop earn investment invest profit profits \
    crypto forex bonus cashback coupon cheap casino betting jackpot buy_now click_here \
    limited_offer limited_time make_money passive_income work_from_home free_trial \
    guaranteed_returns double_your special_offer sale hiring loan loans followers \
    dm_me_for signals",
    ),
    (
        CONTACT,
        "vx wx wechat whatsapp telegram qq tg dm dm_me inbox_me call_us contact_us contact_me",
    ),
    (TYPE, "type drop reply comment press send put hit enter text write spam"),
];

const ACKNOWLEDGEMENTS: &str = "\
    ok okay k kk okie oki okey yes yep yeah yup ya yea ye y no nope nah n sure cool nice \
    great awesome amazing wow lol lmao lmfao rofl xd same true agreed agree exactly \
    indeed correct done noted roger ack gotcha got_it i_see makes_sense sounds_good \
    looks_good lgtm no_problem np no_worries yw good_job well_done congrats \
    congratulations bravo gg wp first bump up present interesting perfect excellent fine \
    good very_good oh ah ahh hmm hm mhm mm aha oops yay woo woohoo hooray damn omg wtf \
    wth idk ikr brb afk ttyl love_it love_this me_too so_true for_sure of_course \
    all_good my_bad sorry good_luck based facts bet yas yess nice_one nice_work \
    great_job great_work good_work good_point fair_enough fair on_it will_do sg wfm ftw \
    rip in not_bad too_bad right alright aight absolutely definitely totally certainly \
    understood understandable thumbs_up +1 nvm never_mind ofc pog poggers kek hehe haha \
    heh hah ha lolol sweet neat dope sick lit fire goat w l oof yikes ugh meh welp whoa \
    beautiful lovely brilliant fantastic wonderful superb yippee you_too same_here \
    that's_great that's_awesome that_is_great that's_cool that's_true thats_great \
    thats_cool thats_true so_cool so_nice how_nice how_cool interested ready here";

const GREETINGS: &str = "\
    yo sup howdy gm evening gn good_night night nite good_day greetings bye goodbye \
    bye_bye see_you see_ya cya take_care see_you_tomorrow see_you_later see_you_soon \
    happy_new_year merry_christmas happy_birthday hbd happy_friday happy_monday \
    happy_weekend happy_holidays happy_easter happy_thanksgiving happy_diwali \
    eid_mubarak have_a_nice have_a_good have_a_great have_a_lovely day weekend \
    evening_all week one nice_to_meet gday g'day hallo salut o_o later laters sleep_well \
    sweet_dreams";
