//! The versions of CAP that are read, told by their namespaces.
//!
//! For: reading and judging what others send. Not for: writing, which is 1.2 alone.

use std::fmt;

/// A version of the Common Alerting Protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// 1.0 of February 2004.
    V1_0,
    /// 1.1 of October 2005.
    V1_1,
    /// 1.2 of July 2010.
    V1_2,
}

impl Version {
    /// Every version that is read.
    pub const ALL: [Version; 3] = [Version::V1_0, Version::V1_1, Version::V1_2];

    /// The namespace of its elements.
    pub fn namespace(self) -> &'static str {
        match self {
            Version::V1_0 => "http://www.incident.com/cap/1.0",
            Version::V1_1 => "urn:oasis:names:tc:emergency:cap:1.1",
            Version::V1_2 => crate::NAMESPACE,
        }
    }

    /// The number, such as `1.2`.
    pub fn as_str(self) -> &'static str {
        match self {
            Version::V1_0 => "1.0",
            Version::V1_1 => "1.1",
            Version::V1_2 => "1.2",
        }
    }

    /// The version of this namespace, if it is one of CAP.
    pub(crate) fn of_namespace(namespace: &str) -> Option<Version> {
        Version::ALL
            .into_iter()
            .find(|version| version.namespace() == namespace)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
