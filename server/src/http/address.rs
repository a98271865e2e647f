//! Where a request comes from, as far as counting attempts goes.

use axum::http::HeaderMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Where a request comes from: the peer, or, behind trusted proxies, the last address they do not know.
///
/// Proxies add to the right of `X-Forwarded-For`; what stands left of the first entry that is no proxy of ours, or that
/// cannot be read, was written by strangers.
pub fn client(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let Some(peer) = peer.map(|peer| peer.to_canonical()) else { return IpAddr::from([0, 0, 0, 0]) };
    let is_trusted = |address: &IpAddr| trusted.iter().any(|proxy| proxy.to_canonical() == *address);
    let mut client = peer;
    let entries = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let entries: Vec<&str> = entries.flat_map(|value| value.split(',')).collect();
    for entry in entries.into_iter().rev() {
        if !is_trusted(&client) {
            break;
        }
        match read(entry) {
            Some(address) => client = address,
            None => break,
        }
    }
    client
}

/// An address as proxies write it: with or without a port, brackets or quotes, IPv4 inside IPv6 or not.
fn read(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim().trim_matches('"');
    let bare = || entry.strip_prefix('[')?.strip_suffix(']')?.parse::<IpAddr>().ok();
    let address =
        entry.parse::<IpAddr>().ok().or_else(bare).or_else(|| Some(entry.parse::<SocketAddr>().ok()?.ip()))?;
    Some(address.to_canonical())
}

/// What an address is counted as: itself, or for IPv6 the network of 64 bits, all of which one customer has.
pub fn counted(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = u128::from(address) & (u128::MAX << 64);
            format!("{}/64", Ipv6Addr::from(network))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn seen(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        if !forwarded.is_empty() {
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|text| ip(text)).collect();
        client(Some(ip(peer)), &headers, &trusted).to_string()
    }

    #[test]
    fn forwarded_headers_are_believed_only_from_trusted_proxies() {
        let chain = "1.1.1.1, 203.0.113.9, 10.0.0.2";
        assert_eq!(seen("198.51.100.4", chain, &["10.0.0.1"]), "198.51.100.4");
        assert_eq!(seen("10.0.0.1", chain, &["10.0.0.1", "10.0.0.2"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.1", "", &["10.0.0.1"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", "10.0.0.2", &["10.0.0.1", "10.0.0.2"]), "10.0.0.2", "proxies all the way");
    }

    #[test]
    fn a_proxy_is_known_however_its_address_is_written() {
        let chain = "203.0.113.9";
        for (peer, proxy) in
            [("::ffff:10.0.0.1", "10.0.0.1"), ("10.0.0.1", "::ffff:10.0.0.1"), ("2001:db8:0:0::1", "2001:db8::1")]
        {
            assert_eq!(seen(peer, chain, &[proxy]), "203.0.113.9", "{peer} and {proxy}");
        }
    }

    #[test]
    fn an_address_is_read_however_a_proxy_writes_it() {
        for (written, meant) in [
            ("203.0.113.9:51234", "203.0.113.9"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("[::ffff:203.0.113.9]:51234", "203.0.113.9"),
            ("2001:db8::7", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("\"[2001:db8::7]:443\"", "2001:db8::7"),
        ] {
            assert_eq!(seen("10.0.0.1", written, &["10.0.0.1"]), meant, "{written}");
        }
    }

    #[test]
    fn what_a_stranger_wrote_left_of_garbage_is_not_believed() {
        for garbage in ["unknown", "_hidden", "", "10.0.0"] {
            let chain = format!("1.2.3.4, {garbage}");
            assert_eq!(seen("10.0.0.1", &chain, &["10.0.0.1"]), "10.0.0.1", "{garbage}");
        }
    }

    #[test]
    fn a_network_of_one_customer_counts_once() {
        assert_eq!(counted(ip("203.0.113.9")), "203.0.113.9");
        assert_eq!(counted(ip("::ffff:203.0.113.9")), "203.0.113.9");
        assert_eq!(counted(ip("2001:db8:1:2:3:4:5:6")), "2001:db8:1:2::/64");
        assert_eq!(counted(ip("2001:db8:1:2:ffff::9")), "2001:db8:1:2::/64");
        assert_ne!(counted(ip("2001:db8:1:3::1")), "2001:db8:1:2::/64");
    }
}
