//! How many live connections one guest and one address hold at once.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::door::Limits;

#[derive(Debug, Default)]
struct Held {
    guests: HashMap<String, usize>,
    addresses: HashMap<IpAddr, usize>,
}

/// The live connections there are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Streams(Arc<Mutex<Held>>);

/// The right to one live connection; given back when dropped.
#[derive(Debug)]
pub(crate) struct Ticket {
    streams: Streams,
    guest: String,
    address: IpAddr,
}

impl Streams {
    /// A ticket, unless the guest or the address holds too many.
    pub(crate) fn enter(&self, key: &str, address: IpAddr, limits: &Limits) -> Option<Ticket> {
        let mut held = self.lock();
        let own = held.guests.get(key).copied().unwrap_or(0);
        let near = held.addresses.get(&address).copied().unwrap_or(0);
        if own >= limits.guest_streams || near >= limits.address_streams {
            return None;
        }
        *held.guests.entry(key.to_owned()).or_default() += 1;
        *held.addresses.entry(address).or_default() += 1;
        drop(held);
        Some(Ticket { streams: self.clone(), guest: key.to_owned(), address })
    }

    /// How many there are.
    pub(crate) fn open(&self) -> usize {
        self.lock().addresses.values().sum()
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut held = self.streams.lock();
        if let Some(count) = held.guests.get_mut(&self.guest) {
            *count -= 1;
            if *count == 0 {
                held.guests.remove(&self.guest);
            }
        }
        if let Some(count) = held.addresses.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                held.addresses.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn a_guest_opens_so_many_and_no_more_until_one_closes() {
        let (streams, limits) = (Streams::default(), Limits::default());
        let (guest, address) = ("guest", IpAddr::V4(Ipv4Addr::LOCALHOST));
        let mut tickets: Vec<_> =
            (0..12).map(|_| streams.enter(guest, address, &limits).unwrap()).collect();
        assert!(streams.enter(guest, address, &limits).is_none());
        tickets.pop();
        assert!(streams.enter(guest, address, &limits).is_some());
        drop(tickets);
        assert!(streams.lock().guests.is_empty() && streams.lock().addresses.is_empty());
    }
}
