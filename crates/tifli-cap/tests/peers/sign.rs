//! What xmlsec1, signxml and capvalidator say of our signatures, and we of theirs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{Timestamp, ToSpan};
use tempfile::TempDir;
use tifli_cap::sign::certificate::self_signed;
use tifli_cap::sign::{PinnedList, Signer, SigningKey, Validity, Verdict, verify};

use crate::ask::{self, is_asked};

const OURS: &str = include_str!("../sign/messages/ours.xml").trim_ascii_end();

/// Ways to canonicalize, by their identifiers.
const CANONICAL: &[&str] = &[
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "http://www.w3.org/2006/12/xml-c14n11",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
];

/// A folder in which key, certificate and messages lie for the other program.
struct Desk {
    folder: TempDir,
    signer: Signer,
    method: &'static str,
    now: Timestamp,
}

impl Desk {
    /// One for each kind of key, with certificates that are valid today: the peers use the clock.
    #[expect(clippy::disallowed_methods, reason = "the peers use the real clock")]
    fn both() -> Vec<Desk> {
        let now = Timestamp::now();
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("a pair");
        let rsa: Pkcs8V1Der<'_> = pair.as_der().expect("PKCS#8");
        let rsa = SigningKey::from_pkcs8(rsa.as_ref()).expect("a key");
        let p256 = SigningKey::p256(&[7; 32]).expect("a key");
        vec![
            Desk::new(rsa, "rsa-sha256", now),
            Desk::new(p256, "ecdsa-sha256", now),
        ]
    }

    fn new(key: SigningKey, method: &'static str, now: Timestamp) -> Desk {
        let validity = Validity {
            from: now - 24.hours(),
            until: now + 48.hours(),
        };
        let folder = TempDir::new().expect("a folder");
        let certificate = self_signed("Tifli essai", &key, validity).expect("a certificate");
        let private = pem("PRIVATE KEY", key.pkcs8());
        fs::write(folder.path().join("key.pem"), private).expect("written");
        fs::write(folder.path().join("cert.pem"), certificate.to_pem()).expect("written");
        let signer = Signer::new(key, vec![certificate]).expect("a signer");
        Desk {
            folder,
            signer,
            method,
            now,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, text: &str) -> PathBuf {
        fs::write(self.path(name), text).expect("written");
        self.path(name)
    }

    /// What we say of a file.
    fn judge(&self, path: &Path) -> Verdict {
        let mut list = PinnedList::new();
        let certificate = self.signer.certificate().clone();
        list.pin("peer", certificate).expect("pinned");
        verify(&fs::read(path).expect("signed"), &list, self.now)
    }

    #[track_caller]
    fn assert_verified(&self, path: &Path, what: &str) {
        let by = "peer".to_owned();
        assert_eq!(self.judge(path), Verdict::Verified { by }, "{what}");
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    let base64 = STANDARD.encode(der);
    format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n")
}

fn xmlsec1(arguments: &[&str], file: &Path) -> Output {
    let mut command = Command::new("xmlsec1");
    command.args(arguments).arg(file);
    command.output().expect("xmlsec1 is installed")
}

fn python(desk: &Desk, task: &str, files: &[PathBuf]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/signxml_peer.py");
    let mut command = Command::new(ask::python());
    command.arg(script).arg(task).arg(desk.folder.path());
    command.args(files).output().expect("python is installed")
}

#[track_caller]
fn assert_done(output: &Output, what: &str) {
    let said = [&output.stdout[..], &output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success(), "{what}: {said}");
}

#[test]
fn xmlsec1_verifies_what_we_sign_and_refuses_what_was_altered() {
    if !is_asked("xmlsec1 verifies what we sign") {
        return;
    }
    for desk in Desk::both() {
        let signed = desk.signer.sign(OURS).expect("signed");
        let certificate = desk.path("cert.pem");
        let arguments = [
            "--verify",
            "--enabled-key-data",
            "x509",
            "--trusted-pem",
            certificate.to_str().expect("a path"),
        ];
        let file = desk.put("ours.xml", &signed);
        assert_done(&xmlsec1(&arguments, &file), desk.method);
        let file = desk.put("altered.xml", &signed.replace("Salma", "Salwa"));
        let output = xmlsec1(&arguments, &file);
        assert!(!output.status.success(), "{}", desk.method);
    }
}

#[test]
fn after_a_renewal_xmlsec1_verifies_by_the_new_certificate_and_by_the_one_before_it() {
    if !is_asked("xmlsec1 verifies after a renewal") {
        return;
    }
    for desk in Desk::both() {
        let key = || SigningKey::from_pem(&fs::read(desk.path("key.pem")).expect("a key"));
        let validity = Validity {
            from: desk.now - 1.hours(),
            until: desk.now + 96.hours(),
        };
        let key = key().expect("a key");
        let renewed = self_signed("Tifli essai", &key, validity).expect("a certificate");
        desk.put("renewed.pem", &renewed.to_pem());
        let all = vec![renewed, desk.signer.certificate().clone()];
        let signer = Signer::new(key, all).expect("a signer");
        let file = desk.put("renewed.xml", &signer.sign(OURS).expect("signed"));
        desk.assert_verified(&file, "by the one before it");
        for pinned in ["renewed.pem", "cert.pem"] {
            let certificate = desk.path(pinned);
            let arguments = [
                "--verify",
                "--enabled-key-data",
                "key-name",
                "--pubkey-cert-pem",
                certificate.to_str().expect("a path"),
            ];
            assert_done(&xmlsec1(&arguments, &file), pinned);
        }
    }
}

#[test]
fn we_verify_what_xmlsec1_signs() {
    if !is_asked("we verify what xmlsec1 signs") {
        return;
    }
    for desk in Desk::both() {
        let key = [desk.path("key.pem"), desk.path("cert.pem")].map(|path| {
            let path = path.to_str().expect("a path");
            path.to_owned()
        });
        for outer in CANONICAL {
            for inner in CANONICAL.iter().map(Some).chain([None]) {
                let template = template(desk.method, outer, inner.copied());
                let file = desk.put("template.xml", &template);
                let signed = desk.path("theirs.xml");
                let signed_path = signed.to_str().expect("a path");
                let arguments = [
                    "--sign",
                    "--privkey-pem",
                    &key.join(","),
                    "--output",
                    signed_path,
                ];
                assert_done(&xmlsec1(&arguments, &file), desk.method);
                desk.assert_verified(&signed, &template);
            }
        }
    }
}

/// Our message with a signature to be filled in: pretty-printed, with prefixes in scope that
/// nothing uses, and a namespace that changes on the way.
fn template(method: &str, outer: &str, inner: Option<&str>) -> String {
    let inner = inner.map_or(String::new(), |uri| {
        format!("<Transform Algorithm=\"{uri}\"/>")
    });
    let signature = format!(
        "  <Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\">\n <SignedInfo>\n\
         <CanonicalizationMethod Algorithm=\"{outer}\"/>\n\
         <SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#{method}\"/>\n\
         <Reference URI=\"\"><Transforms>\
         <Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>{inner}\
         </Transforms><DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\
         <DigestValue/></Reference></SignedInfo><SignatureValue/>\n\
         <KeyInfo><X509Data/></KeyInfo></Signature>\n</alert>\n"
    );
    OURS.replace(
        "<alert ",
        "<alert xmlns:u=\"urn:unused\" xmlns:w=\"urn:w\" ",
    )
    .replace("<info>", "\n  <info>\r\n\t")
    .replace("<area>", "<area w:b=\"2\" a='&#9;\"'>")
    .replace("Rabat", "Rabat &gt; <![CDATA[<Salé>]]>&#13;")
    .replace("</alert>", &signature)
}

#[test]
fn signxml_and_capvalidator_accept_what_we_sign_and_refuse_what_was_altered() {
    if !is_asked("signxml and capvalidator verify what we sign") {
        return;
    }
    for desk in Desk::both() {
        let signed = desk.signer.sign(OURS).expect("signed");
        let ours = desk.put("ours.xml", &signed);
        assert_done(&python(&desk, "accept", &[ours]), desk.method);
        let altered = desk.put("altered.xml", &signed.replace("Salma", "Salwa"));
        assert_done(&python(&desk, "refuse", &[altered]), desk.method);
    }
}

#[test]
fn we_verify_the_messages_of_real_services_when_signxml_signs_them() {
    if !is_asked("we verify what signxml signs: the messages of real services") {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages");
    let entries = fs::read_dir(folder).expect("the messages");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let messages: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "xml"))
        .collect();
    for desk in Desk::both() {
        assert_done(&python(&desk, "sign", &messages), desk.method);
        let signed = fs::read_dir(desk.path("signed")).expect("signed");
        let signed: Vec<PathBuf> = signed.map(|entry| entry.expect("one").path()).collect();
        assert_eq!(signed.len(), messages.len() * CANONICAL.len());
        for path in signed {
            desk.assert_verified(&path, &path.display().to_string());
        }
    }
}
