//! Who may do what, as one table. A route names the act it performs; nothing else decides.

use crate::actor::{Actor, Role};

/// Something a person of the house may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Start a report and type into it.
    TakeReport,
    /// Read a case's file.
    ReadCase,
    /// Draft, change and submit an alert.
    DraftAlert,
    /// Approve, return or refuse an alert.
    ApproveAlert,
    /// Rule on the reporter gate.
    DecideGate,
    /// Write down that the prosecutor was informed, and what was instructed.
    RecordProsecutor,
    /// Propose the rung of a case, note why publication serves it, ask for a review; with
    /// [`Act::ApproveAlert`], decide the rung.
    Qualify,
    /// Clear an adult's identity or a plate for publication, and take it back.
    ClearIdentity,
    /// Review a decision that nothing be published.
    ReviewRefusal,
    /// End an alert at once.
    CancelAlert,
    /// Confirm the reason of an end.
    ConfirmEnd,
    /// See how an alert is being delivered.
    ReadDeliveries,
    /// Read, link, dismiss and answer tips.
    TriageTips,
    /// Ask for a case to be erased.
    RequestErasure,
    /// Be the second person of an erasure.
    ConfirmErasure,
    /// Read and verify the audit chain.
    ReadAudit,
    /// Create accounts and give roles.
    ManagePeople,
}

/// How far a permission reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not at all.
    Nowhere,
    /// Only what belongs to the person's own district.
    OwnDistrict,
    /// The whole country.
    Everywhere,
}

/// Why an act is refused to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// The role never does this.
    #[error("this role may not do this")]
    Role,
    /// The role does this, but not in this district.
    #[error("this belongs to another district")]
    District,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 17] = [
        Self::TakeReport,
        Self::ReadCase,
        Self::DraftAlert,
        Self::ApproveAlert,
        Self::DecideGate,
        Self::RecordProsecutor,
        Self::Qualify,
        Self::ClearIdentity,
        Self::ReviewRefusal,
        Self::CancelAlert,
        Self::ConfirmEnd,
        Self::ReadDeliveries,
        Self::TriageTips,
        Self::RequestErasure,
        Self::ConfirmErasure,
        Self::ReadAudit,
        Self::ManagePeople,
    ];
}

/// The table: how far `role` may do `act`.
pub fn reach(role: Role, act: Act) -> Reach {
    use Act::*;
    use Reach::*;
    match (role, act) {
        (
            Role::Officer,
            TakeReport | ReadCase | DraftAlert | RecordProsecutor | Qualify | CancelAlert
            | ConfirmEnd | ReadDeliveries | RequestErasure,
        ) => OwnDistrict,
        (
            Role::Approver,
            ReadCase | DraftAlert | ApproveAlert | RecordProsecutor | Qualify | ClearIdentity
            | ReviewRefusal | CancelAlert | ConfirmEnd | ReadDeliveries | RequestErasure
            | ConfirmErasure,
        ) => Everywhere,
        (
            Role::Prosecutor,
            ReadCase | DecideGate | ClearIdentity | ReviewRefusal | CancelAlert | ConfirmEnd
            | RequestErasure | ConfirmErasure | ReadAudit,
        ) => Everywhere,
        (
            Role::Room,
            TakeReport | ReadCase | RecordProsecutor | CancelAlert | ConfirmEnd | ReadDeliveries
            | TriageTips,
        ) => Everywhere,
        (Role::Unit, ReadDeliveries) => OwnDistrict,
        (Role::Administrator, ReadAudit | ManagePeople) => Everywhere,
        _ => Nowhere,
    }
}

/// Whether `actor` may do `act` to something of `district`.
pub fn check(actor: &Actor, act: Act, district: &str) -> Result<(), Forbidden> {
    match reach(actor.role, act) {
        Reach::Everywhere => Ok(()),
        Reach::OwnDistrict if actor.district == district => Ok(()),
        Reach::OwnDistrict => Err(Forbidden::District),
        Reach::Nowhere => Err(Forbidden::Role),
    }
}

/// Whether `actor` may do `act` somewhere: for lists that are then narrowed to what they may see.
pub fn check_anywhere(actor: &Actor, act: Act) -> Result<(), Forbidden> {
    match reach(actor.role, act) {
        Reach::Nowhere => Err(Forbidden::Role),
        Reach::OwnDistrict | Reach::Everywhere => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_both_drafts_in_a_district_and_approves() {
        assert_eq!(reach(Role::Officer, Act::ApproveAlert), Reach::Nowhere);
    }

    #[test]
    fn the_administrator_reads_no_case() {
        for act in [Act::ReadCase, Act::TriageTips, Act::DraftAlert] {
            assert_eq!(reach(Role::Administrator, act), Reach::Nowhere);
        }
    }

    #[test]
    fn each_act_is_given_to_somebody() {
        for act in Act::ALL {
            assert!(
                Role::ALL.iter().any(|r| reach(*r, act) != Reach::Nowhere),
                "{act:?}"
            );
        }
    }
}
