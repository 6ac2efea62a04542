//! Addresses that an operator types.

use chat::wecom::{Address, AddressError, Proxy};

#[test]
fn encrypted_addresses_and_those_on_this_machine_are_taken() {
    for (typed, taken) in [
        ("https://qyapi.weixin.qq.com", "https://qyapi.weixin.qq.com"),
        (" https://gate.example.com:8443/wecom/ ", "https://gate.example.com:8443/wecom"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://127.9.0.1/", "http://127.9.0.1"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ] {
        assert_eq!(Address::parse(typed).unwrap().as_str(), taken);
    }
    assert_eq!(Address::default(), Address::parse(Address::PLATFORM).unwrap());
}

#[test]
fn other_addresses_are_refused_with_their_reason() {
    use AddressError::{Extra, Open, Unreadable};
    for (typed, error) in [
        ("", Unreadable),
        ("qyapi.weixin.qq.com", Unreadable),
        ("https://", Unreadable),
        ("http://qyapi.weixin.qq.com", Open),
        ("http://127.0.0.1.example.com", Open),
        ("http://localhost.example.com", Open),
        ("http://10.0.0.1", Open),
        ("http://127.0.0.1@example.com", Open),
        ("ftp://127.0.0.1", Open),
        ("file:///etc/passwd", Unreadable),
        ("https://user@example.com", Extra),
        ("https://example.com?x=1", Extra),
        ("https://example.com#x", Extra),
        ("http://user:word@127.0.0.1", Extra),
    ] {
        assert_eq!(Address::parse(typed), Err(error), "{typed}");
    }
}

#[test]
fn proxies_of_four_kinds_are_taken() {
    for typed in ["http://p:3128", "https://p", "socks5://u:w@p:1080", "socks5h://10.0.0.1:1080"] {
        Proxy::parse(typed).unwrap();
    }
    assert_eq!(Proxy::parse("ftp://p"), Err(AddressError::ProxyKind));
    assert_eq!(Proxy::parse("p:3128"), Err(AddressError::ProxyKind));
    assert_eq!(Proxy::parse("10.0.0.1"), Err(AddressError::Unreadable));
}
