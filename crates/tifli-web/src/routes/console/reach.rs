//! How many people an area would disturb, and what to think about before: the part of the draft that counts while
//! somebody types. Geometry and counts are the application's.

use tifli_app::area::Figures;
use tifli_app::region::Region;
use tifli_domain::area::AreaSpec;
use tifli_domain::id::AlertId;
use tifli_domain::permission::Act;
use tifli_domain::typed;
use tifli_units::{Position, Radius};

use super::desk::{Desk, Sent};
use crate::console::Wrong;
use crate::console::draft::{AreaKind, DraftArea, Reach, ReachPanel, ReachWarning, RegionChoice};
use crate::forms::{Choice, FormErrors};
use crate::problem::{Answer, Refused};
use crate::public::MapSvg;
use crate::request::{Form, Id};

/// Share of a shape abroad or at sea that is worth a word.
const CLIPPED: f64 = 0.005;
/// A radius this small may be a slip, in kilometres.
const SMALL_KM: f64 = 2.0;

/// An area as typed.
#[derive(Debug, Clone, Default)]
pub struct TypedArea {
    area: String,
    lat: String,
    lon: String,
    radius_km: String,
    polygon: String,
    regions: Vec<String>,
}

/// `POST /console/alerts/{id}/reach`: it changes nothing; where a child was last seen stands in no address.
pub async fn panel(Id(id): Id<AlertId>, Sent { desk, form }: Sent) -> Answer {
    let alert = desk.app().summary(&desk.actor, id).await?;
    desk.need(Act::DraftAlert, &alert.district)?;
    let spec = TypedArea::of_form(&form).read(&desk).ok().flatten();
    let (reach, map) = of_area(&desk, spec.as_ref()).await?;
    Ok(desk.page(&ReachPanel {
        reach,
        map,
        shell: desk.shell.clone(),
    }))
}

/// Who is inside an area, and its map; unknown while it is not complete.
pub async fn of_area(
    desk: &Desk,
    spec: Option<&AreaSpec>,
) -> Result<(Reach, Option<MapSvg>), Refused> {
    let app = desk.app();
    let Some(Ok(area)) = spec.map(|spec| app.freeze_area(spec)) else {
        return Ok((Reach::unknown(), None));
    };
    let figures = app.figures(&area).await?;
    let map = desk.area_map(&area.to_canonical());
    Ok((reach(desk, &figures, spec), map))
}

/// The figures as a page shows them.
pub fn reach(desk: &Desk, figures: &Figures, spec: Option<&AreaSpec>) -> Reach {
    let country: u64 = desk
        .app()
        .pack()
        .communes()
        .map(|commune| commune.population)
        .sum();
    let small = matches!(spec, Some(AreaSpec::Circle { radius, .. }) if radius.kilometres().get() < SMALL_KM);
    let warnings = [
        (figures.foreign > CLIPPED, ReachWarning::Clipped),
        (figures.subscribers == 0, ReachWarning::Nobody),
        (figures.residents * 2 > country, ReachWarning::Wide),
        (small, ReachWarning::Small),
    ];
    Reach {
        subscribers: Some(figures.subscribers),
        residents: Some(figures.residents),
        foreign_percent: None,
        source: desk.app().pack().residents_note().to_owned(),
        area: String::new(),
        month_tenths: None,
        month_most: 0,
        warnings: warnings
            .into_iter()
            .filter_map(|(is, warning)| is.then_some(warning))
            .collect(),
    }
}

impl TypedArea {
    /// The area of a sent form.
    pub fn of_form(form: &Form) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        Self {
            area: text("area"),
            lat: text("lat"),
            lon: text("lon"),
            radius_km: text("radius_km"),
            polygon: text("polygon"),
            regions: ticked(form),
        }
    }

    /// The area as the form shows it again.
    pub fn shown(self, desk: &Desk) -> Result<DraftArea, Refused> {
        let kind = match self.area.as_str() {
            "polygon" => AreaKind::Polygon,
            "regions" => AreaKind::Regions,
            _ => AreaKind::Circle,
        };
        Ok(DraftArea {
            kind,
            regions: choices(desk, &self.regions)?,
            radius_km: self.radius_km,
            lat: self.lat,
            lon: self.lon,
            polygon: self.polygon,
        })
    }

    /// What is asked for; `None` when nothing is typed yet.
    pub fn read(&self, desk: &Desk) -> Result<Option<AreaSpec>, FormErrors> {
        match self.area.as_str() {
            "polygon" => self.ring(desk),
            "regions" => Ok(Some(AreaSpec::Regions {
                ids: self.regions.clone(),
            })),
            _ => self.circle(desk),
        }
    }

    fn circle(&self, desk: &Desk) -> Result<Option<AreaSpec>, FormErrors> {
        if [&self.lat, &self.lon, &self.radius_km]
            .iter()
            .all(|text| text.trim().is_empty())
        {
            return Ok(None);
        }
        let mut errors = FormErrors::none();
        let radius = Radius::typed(&self.radius_km);
        if radius.is_err() {
            errors.insert("radius_km", Wrong::Radius.say(&desk.shell));
        }
        let center = position(&self.lat, &self.lon);
        if center.is_none() {
            let words =
                Wrong::from(tifli_domain::intake::FieldProblem::NotDegrees).say(&desk.shell);
            errors.insert("lat", words);
        }
        match (center, radius) {
            (Some(center), Ok(radius)) => Ok(Some(AreaSpec::Circle { center, radius })),
            _ => Err(errors),
        }
    }

    fn ring(&self, desk: &Desk) -> Result<Option<AreaSpec>, FormErrors> {
        let lines = self.polygon.lines().filter(|line| !line.trim().is_empty());
        let ring: Option<Vec<Position>> = lines.map(corner).collect();
        match ring {
            Some(ring) if ring.len() >= 3 => Ok(Some(AreaSpec::Polygon { ring })),
            _ => {
                let mut errors = FormErrors::none();
                errors.insert("polygon", Wrong::Area.say(&desk.shell));
                Err(errors)
            }
        }
    }
}

/// The area of a draft as the form shows it.
pub fn shown(desk: &Desk, spec: Option<&AreaSpec>) -> Result<DraftArea, Refused> {
    let ticked: &[String] = match spec {
        Some(AreaSpec::Regions { ids }) => ids,
        _ => &[],
    };
    let regions = choices(desk, ticked)?;
    let typed = match spec {
        None => DraftArea::default(),
        Some(AreaSpec::Circle { center, radius }) => DraftArea {
            radius_km: format!("{}", radius.kilometres().get()),
            lat: format!("{}", center.lat()),
            lon: format!("{}", center.lon()),
            ..DraftArea::default()
        },
        Some(AreaSpec::Polygon { ring }) => {
            let lines = ring
                .iter()
                .map(|corner| format!("{}, {}", corner.lat(), corner.lon()));
            DraftArea {
                kind: AreaKind::Polygon,
                polygon: lines.collect::<Vec<_>>().join("\n"),
                ..DraftArea::default()
            }
        }
        Some(AreaSpec::Regions { .. }) => DraftArea {
            kind: AreaKind::Regions,
            ..DraftArea::default()
        },
    };
    Ok(DraftArea { regions, ..typed })
}

/// The regions ticked on a form.
fn ticked(form: &Form) -> Vec<String> {
    let fields = form.fields().iter();
    let ticked = fields.filter(|(name, _)| name == "regions");
    ticked.map(|(_, id)| id.clone()).collect()
}

/// Every region of the country with its provinces, by their names in the reader's language.
fn choices(desk: &Desk, ticked: &[String]) -> Result<Vec<RegionChoice>, Refused> {
    let (regions, provinces) = (desk.app().regions()?, desk.app().provinces()?);
    let language = desk.shell.locale().tag();
    let choice = |one: &Region| Choice {
        value: one.id.clone(),
        label: one.name(language).to_owned(),
        chosen: ticked.contains(&one.id),
    };
    let with_provinces = |region: &Region| {
        let own = provinces.iter();
        let own = own.filter(|one| one.region.as_ref() == Some(&region.id));
        RegionChoice {
            region: choice(region),
            provinces: own.map(choice).collect(),
        }
    };
    Ok(regions.iter().map(with_provinces).collect())
}

/// `34.05, -6.80`, also with a semicolon or blank between.
fn corner(line: &str) -> Option<Position> {
    let line = typed::digits(line);
    let mut parts = line
        .split([',', '،', ';', '؛', ' ', '\t'])
        .filter(|part| !part.is_empty());
    let (lat, lon) = (parts.next()?, parts.next()?);
    parts.next().is_none().then(|| position(lat, lon)).flatten()
}

fn position(lat: &str, lon: &str) -> Option<Position> {
    Position::new(typed::decimal(lat)?, typed::decimal(lon)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corner_is_latitude_and_longitude_and_nothing_else() {
        assert!(corner("34.05, -6.80").is_some());
        assert!(corner("34.05;-6.80").is_some());
        assert_eq!(corner("٣٤٫٠٥، -٦٫٨٠"), corner("34.05, -6.80"));
        assert!(corner("34.05").is_none());
        assert!(corner("34.05, -6.80, 3").is_none());
        assert!(corner("134.05, -6.80").is_none());
    }
}
