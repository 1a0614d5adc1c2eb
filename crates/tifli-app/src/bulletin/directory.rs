//! The directory of services: filled by the country pack once, then kept by the administrator on a page or by file; and
//! which person belongs to which service.

use std::collections::BTreeMap;

use tifli_domain::id::PersonId;
use tifli_domain::permission::{self, Act};
use tifli_domain::service::{Service, ServiceId, Typed};
use tifli_domain::{Actor, Realm};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::{Tx, people, service};

use crate::{App, AppError, AppResult, Problem};

/// What a file changed in the directory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DirectoryChange {
    /// Services that were not there before.
    pub added: usize,
    /// Services that are otherwise now.
    pub changed: usize,
    /// Services that were like that already.
    pub same: usize,
}

/// A person who belongs to a service.
pub type Member = (PersonId, ServiceId);

impl App {
    /// Fills an empty directory from the country pack. A live house begins with the pack's services but not with its
    /// addresses, which are invented.
    pub(crate) async fn fill_directory(&self) -> AppResult<()> {
        let live = self.realm() == Realm::Live;
        let mut first = self.pack().first_directory().to_vec();
        for one in first.iter_mut().filter(|_| live) {
            one.email.clear();
            one.phone.clear();
        }
        self.db()
            .write("fill_directory", first, |tx, first| {
                Box::pin(async move {
                    if service::count(tx).await? > 0 {
                        return Ok::<_, AppError>(());
                    }
                    for one in first {
                        service::put(tx, one).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Every service, inactive ones too.
    pub async fn list_services(&self, actor: &Actor) -> AppResult<Vec<Service>> {
        let may = |act| permission::check_anywhere(actor, act).is_ok();
        if !may(Act::SendBulletin) {
            self.permit_anywhere(actor, Act::ManageServices)?;
        }
        self.db()
            .read("list_services", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(service::list(reads).await?) })
            })
            .await
    }

    /// The present names of every service, inactive ones too, by id: Arabic, French, English. For pages that name a
    /// service to whoever may see the page; nothing else of the directory is in it.
    pub async fn service_names(&self) -> AppResult<BTreeMap<String, [String; 3]>> {
        let services = self
            .db()
            .read("service_names", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(service::list(reads).await?) })
            })
            .await?;
        let named = services.into_iter().map(|one| (one.id.into(), one.names));
        Ok(named.collect())
    }

    /// Adds a service or changes the one of this id. Problems stand beside their columns.
    pub async fn put_service(&self, actor: &Actor, typed: &Typed) -> AppResult<ServiceId> {
        self.permit_anywhere(actor, Act::ManageServices)?;
        let wanted = self.pack().read_service(typed).map_err(|wrong| {
            let problems = wrong.iter().map(|one| Problem::new(one.field, one.code));
            AppError::invalid(problems.collect())
        })?;
        let id = wanted.id.clone();
        self.put_services(actor, vec![wanted]).await?;
        Ok(id)
    }

    /// Takes a file of services in: every line is right, or nothing is taken. What the file does not name stays.
    pub async fn import_services(&self, actor: &Actor, file: &str) -> AppResult<DirectoryChange> {
        self.permit_anywhere(actor, Act::ManageServices)?;
        let services = self.pack().read_directory(file).map_err(|wrong| {
            let problem = |one: &tifli_pack::LineError| {
                Problem::new(format!("line_{}", one.line), one.code)
                    .with("line", one.line)
                    .with("column", if one.field.is_empty() { "-" } else { one.field })
            };
            AppError::invalid(wrong.iter().map(problem).collect())
        })?;
        self.put_services(actor, services).await
    }

    /// The directory as a file.
    pub async fn export_services(&self, actor: &Actor) -> AppResult<String> {
        let services = self.list_services(actor).await?;
        let written = self.pack().write_directory(&services);
        written.map_err(|_| AppError::internal("directory_file"))
    }

    /// Puts a person into a service, or takes them out of it.
    pub async fn assign_service(
        &self,
        actor: &Actor,
        person: PersonId,
        service: Option<&ServiceId>,
    ) -> AppResult<()> {
        self.permit_anywhere(actor, Act::ManagePeople)?;
        self.assign(actor.person.to_string(), person, service).await
    }

    /// As [`App::assign_service`], by the installation itself. Never in a live realm.
    pub async fn assign_first(&self, person: PersonId, service: &ServiceId) -> AppResult<()> {
        if self.realm() == Realm::Live {
            return Err(AppError::forbidden("not_in_live"));
        }
        self.assign("system".to_owned(), person, Some(service))
            .await
    }

    /// Who belongs to which service.
    pub async fn list_members(&self, actor: &Actor) -> AppResult<Vec<Member>> {
        self.permit_anywhere(actor, Act::ManagePeople)?;
        self.db()
            .read("list_members", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(service::list_people(reads).await?) })
            })
            .await
    }

    async fn put_services(
        &self,
        actor: &Actor,
        services: Vec<Service>,
    ) -> AppResult<DirectoryChange> {
        let args = (actor.person, services);
        self.db()
            .write("put_services", args, |tx, (person, services)| {
                Box::pin(async move { put_in(tx, *person, services).await })
            })
            .await
    }

    async fn assign(
        &self,
        by: String,
        person: PersonId,
        service: Option<&ServiceId>,
    ) -> AppResult<()> {
        let args = (by, person, service.cloned());
        self.db()
            .write("assign_service", args, |tx, (by, person, to)| {
                Box::pin(async move {
                    people::get(tx, *person).await?;
                    if let Some(to) = to
                        && service::find(tx, to).await?.is_none()
                    {
                        return Err(AppError::field("service", "not_an_answer"));
                    }
                    service::assign(tx, *person, to.as_ref()).await?;
                    let to = to.as_ref().map_or("none", ServiceId::as_str);
                    let object = ObjectId::new("person", person);
                    let entry = Entry::new(by, "person.assign", object);
                    Ok(tx.audit(entry.with_detail(Detail::none().with("service", to)))?)
                })
            })
            .await
    }
}

async fn put_in(tx: &mut Tx, person: PersonId, services: &[Service]) -> AppResult<DirectoryChange> {
    let mut change = DirectoryChange::default();
    for wanted in services {
        match service::find(tx, &wanted.id).await? {
            Some(held) if held == *wanted => {
                change.same += 1;
                continue;
            }
            Some(_) => change.changed += 1,
            None => change.added += 1,
        }
        service::put(tx, wanted).await?;
        let object = ObjectId::new("service", &wanted.id);
        tx.audit(Entry::new(person, "service.put", object))?;
    }
    Ok(change)
}
