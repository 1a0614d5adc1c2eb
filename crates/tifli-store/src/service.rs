//! The directory of security services, and which person belongs to which.
//!
//! Not for: what a service was sent (see [`crate::bulletin`]).

use tifli_domain::id::PersonId;
use tifli_domain::service::{Service, ServiceId};

use crate::alert::parsed;
use crate::{Reads, Row, StoreError, Tx};

/// Every service, by kind and id.
pub async fn list(reads: &mut impl Reads) -> Result<Vec<Service>, StoreError> {
    let sql = "select * from service order by kind, service_id";
    reads.select(sql).list().await?.iter().map(read).collect()
}

/// The services that receive bulletins at present, by kind and id.
pub async fn list_active(reads: &mut impl Reads) -> Result<Vec<Service>, StoreError> {
    let sql = "select * from service where active = 1 order by kind, service_id";
    reads.select(sql).list().await?.iter().map(read).collect()
}

/// The service of this id.
pub async fn find(
    reads: &mut impl Reads,
    service: &ServiceId,
) -> Result<Option<Service>, StoreError> {
    let sql = "select * from service where service_id = $1";
    let row = reads.select(sql).bind(service.as_str()).find().await?;
    row.as_ref().map(read).transpose()
}

/// How many services there are, inactive ones too.
pub async fn count(reads: &mut impl Reads) -> Result<i64, StoreError> {
    let sql = "select count(*) as services from service";
    reads.select(sql).get().await?.get("services")
}

/// Writes a service, over the one with its id if there is one.
pub async fn put(tx: &mut Tx, service: &Service) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into service
        (service_id, kind, name_ar, name_fr, name_en, region, district, email, phone, active,
         changed_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (service_id) do update
        set kind = excluded.kind, name_ar = excluded.name_ar, name_fr = excluded.name_fr,
            name_en = excluded.name_en, region = excluded.region, district = excluded.district,
            email = excluded.email, phone = excluded.phone, active = excluded.active,
            changed_ms = excluded.changed_ms";
    let [ar, fr, en] = &service.names;
    tx.query(sql)
        .bind(service.id.as_str())
        .bind(&service.kind)
        .bind(ar)
        .bind(fr)
        .bind(en)
        .bind(&service.region)
        .bind(&service.district)
        .bind(&service.email)
        .bind(&service.phone)
        .bind(service.active)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Says which service a person belongs to; `None` takes it back.
pub async fn assign(
    tx: &mut Tx,
    person: PersonId,
    service: Option<&ServiceId>,
) -> Result<(), StoreError> {
    let person = person.to_string();
    let Some(service) = service else {
        let sql = "delete from service_person where person_id = $1";
        tx.query(sql).bind(person).run().await?;
        return Ok(());
    };
    let sql = "insert into service_person (person_id, service_id)
        values ($1, $2)
        on conflict (person_id) do update
        set service_id = excluded.service_id";
    let query = tx.query(sql).bind(person).bind(service.as_str());
    query.run().await?;
    Ok(())
}

/// The service a person was put into.
pub async fn find_of_person(
    reads: &mut impl Reads,
    person: PersonId,
) -> Result<Option<ServiceId>, StoreError> {
    let sql = "select service_id from service_person where person_id = $1";
    let row = reads.select(sql).bind(person.to_string()).find().await?;
    row.map(|row| parsed(&row, "service_id")).transpose()
}

/// Who was put into which service.
pub async fn list_people(reads: &mut impl Reads) -> Result<Vec<(PersonId, ServiceId)>, StoreError> {
    let sql = "select person_id, service_id from service_person order by person_id";
    let rows = reads.select(sql).list().await?;
    rows.iter()
        .map(|row| Ok((parsed(row, "person_id")?, parsed(row, "service_id")?)))
        .collect()
}

fn read(row: &Row) -> Result<Service, StoreError> {
    Ok(Service {
        id: parsed(row, "service_id")?,
        kind: row.get("kind")?,
        names: [
            row.get("name_ar")?,
            row.get("name_fr")?,
            row.get("name_en")?,
        ],
        region: row.get("region")?,
        district: row.get("district")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
        active: row.get("active")?,
    })
}
