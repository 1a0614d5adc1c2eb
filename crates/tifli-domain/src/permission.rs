//! Who may do what, as one table. A route names the act it performs; nothing else decides.

use crate::actor::{Actor, Role};

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

macro_rules! permissions {
    ($($(#[$doc:meta])* $act:ident: $($role:ident $reach:ident),+;)*) => {
        /// Something a person of the house may or may not do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Act { $($(#[$doc])* $act,)* }

        impl Act {
            /// Every act.
            pub const ALL: &'static [Self] = &[$(Self::$act,)*];
        }

        /// The table: how far `role` may do `act`.
        pub fn reach(role: Role, act: Act) -> Reach {
            match (act, role) {
                $($((Act::$act, Role::$role) => Reach::$reach,)+)*
                _ => Reach::Nowhere,
            }
        }
    };
}

permissions! {
    /// Start a report and type into it.
    TakeReport: Officer OwnDistrict, Room Everywhere;
    /// Offer a case to another district, and answer such an offer.
    MoveCase: Officer OwnDistrict, Room Everywhere;
    /// Read a case's file.
    ReadCase: Officer OwnDistrict, Approver Everywhere, Prosecutor Everywhere, Room Everywhere;
    /// Have sealed answers of a case opened, for a reason.
    OpenSealed: Officer OwnDistrict, Approver Everywhere, Prosecutor Everywhere;
    /// Take a first alarm and send it to the competent district.
    RaiseAlarm: Room Everywhere;
    /// Take a call down on the line, and see to what it leaves to be done.
    TakeCall: Room Everywhere;
    /// See the calls that wait, and say that one was seen to.
    SettleCall: Room Everywhere, Approver Everywhere;
    /// Say for one's own service where it looked, or that it saw the child.
    ReportFromUnit: Officer OwnDistrict, Unit OwnDistrict;
    /// Take a first alarm over: the district alone, for the room that raised it waits for somebody else.
    TakeOverAlarm: Officer OwnDistrict;
    /// Give places to check to units.
    AssignPlace: Officer OwnDistrict, Room Everywhere;
    /// Write down what the check of a place came to; a unit only of what it was given.
    RecordPlace: Officer OwnDistrict, Room Everywhere, Unit OwnDistrict;
    /// Draft, change and submit an alert.
    DraftAlert: Officer OwnDistrict, Approver Everywhere;
    /// Approve, return or refuse an alert.
    ApproveAlert: Approver Everywhere;
    /// Rule on the reporter gate.
    DecideGate: Prosecutor Everywhere;
    /// Write down that the prosecutor was informed, and what was instructed.
    RecordProsecutor: Officer OwnDistrict, Approver Everywhere, Room Everywhere;
    /// Propose the rung of a case, note why publication serves it, ask for a review; with
    /// [`Act::ApproveAlert`], decide the rung.
    Qualify: Officer OwnDistrict, Approver Everywhere;
    /// Clear an adult's identity or a plate for publication, and take it back.
    ClearIdentity: Approver Everywhere, Prosecutor Everywhere;
    /// Review a decision that nothing be published.
    ReviewRefusal: Approver Everywhere, Prosecutor Everywhere;
    /// Substitute the guardian's consent, by an article of law.
    SubstituteConsent: Prosecutor Everywhere;
    /// End an alert at once.
    CancelAlert: Officer OwnDistrict, Approver Everywhere, Prosecutor Everywhere, Room Everywhere;
    /// Confirm the reason of an end.
    ConfirmEnd: Officer OwnDistrict, Approver Everywhere, Prosecutor Everywhere, Room Everywhere;
    /// See how an alert is being delivered.
    ReadDeliveries: Officer OwnDistrict, Approver Everywhere, Room Everywhere, Unit OwnDistrict;
    /// Read, link, dismiss and answer tips.
    TriageTips: Room Everywhere;
    /// Watch the live picture of the room: every open case, the map, deliveries, the counts of tips.
    WatchRoom: Approver Everywhere, Room Everywhere;
    /// Ask for a case to be erased.
    RequestErasure: Officer OwnDistrict, Approver Everywhere, Prosecutor Everywhere;
    /// Be the second person of an erasure.
    ConfirmErasure: Approver Everywhere, Prosecutor Everywhere;
    /// Record, skip and take back what lies between found and closed.
    WorkClosing: Officer OwnDistrict, Approver Everywhere, Prosecutor Everywhere, Room Everywhere;
    /// Hold a case's erasure back, and lift what another placed.
    HoldErasure: Approver Everywhere, Prosecutor Everywhere;
    /// Write down a child who was found before anybody reported it.
    RegisterFound: Officer OwnDistrict, Approver Everywhere, Prosecutor Everywhere,
        Room Everywhere, Unit OwnDistrict;
    /// Read the files of found children, and say with a second person whose child one is.
    MatchFound: Officer OwnDistrict, Approver Everywhere, Prosecutor Everywhere, Room Everywhere;
    /// Open, see and end an alert to the staff of a venue; a unit only where it is the staff.
    WorkVenue: Officer OwnDistrict, Room Everywhere, Unit OwnDistrict;
    /// Make the case of a venue a national one.
    GrowVenue: Officer OwnDistrict, Room Everywhere;
    /// Add venues and name their staff.
    ManageVenues: Administrator Everywhere;
    /// Read and verify the audit chain.
    ReadAudit: Prosecutor Everywhere, Administrator Everywhere;
    /// See and print the file for the data-protection authority.
    ReadDataProtection: Administrator Everywhere;
    /// Create accounts and give roles.
    ManagePeople: Administrator Everywhere;
    /// See what must be done by when, and what is late.
    ReadBoard: Officer OwnDistrict, Approver Everywhere, Prosecutor Everywhere, Room Everywhere;
    /// Hand alerts to partners and record what becomes of it.
    WorkPartnerDesk: Approver Everywhere, Room Everywhere;
    /// Keep the addresses of partners' systems.
    ManageEndpoints: Administrator Everywhere;
    /// Say, with a reason, that a delivery given up needs no more: the recall goes on without it.
    ReleaseDelivery: Approver Everywhere, Room Everywhere;
    /// Read the bulletins sent to one's own service, and those of one's district.
    ReadBulletins: Officer OwnDistrict, Approver Everywhere, Prosecutor Everywhere, Room Everywhere,
        Unit OwnDistrict;
    /// Acknowledge a bulletin for one's own service.
    AcknowledgeBulletin: Officer OwnDistrict, Unit OwnDistrict;
    /// Send an update of a bulletin or a reminder, write down an acknowledgement by telephone.
    SendBulletin: Officer OwnDistrict, Room Everywhere;
    /// Keep the directory of services.
    ManageServices: Administrator Everywhere;
    /// Read the figures of a week or a year. The cases behind them are for who may read those.
    ReadFigures: Officer OwnDistrict, Approver Everywhere, Prosecutor Everywhere, Room Everywhere,
        Administrator Everywhere;
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
        for act in Act::ALL.iter().copied() {
            assert!(
                Role::ALL.iter().any(|r| reach(*r, act) != Reach::Nowhere),
                "{act:?}"
            );
        }
    }
}
