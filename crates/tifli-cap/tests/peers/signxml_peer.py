"""Signs and verifies CAP messages with signxml and capvalidator, for tests/peers/sign.rs.

accept DESK FILE...   both must accept each file, with DESK/cert.pem as the certificate
refuse DESK FILE...   both must refuse each file
sign   DESK FILE...   signs each with DESK/key.pem, by each canonicalization, into DESK/signed
"""

import pathlib
import sys

import capvalidator
import signxml
from lxml import etree

DSIG = "{http://www.w3.org/2000/09/xmldsig#}Signature"
CANONICAL = [
    signxml.CanonicalizationMethod.CANONICAL_XML_1_0,
    signxml.CanonicalizationMethod.CANONICAL_XML_1_1,
    signxml.CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
]


def verdicts(desk, file):
    """What each of the two says of a file."""
    octets = file.read_bytes()
    certificate = (desk / "cert.pem").read_text()
    try:
        signxml.XMLVerifier().verify(octets, x509_cert=certificate)
        ours = True
    except signxml.InvalidSignature:
        ours = False
    return {"signxml": ours, "capvalidator": capvalidator.validate_cap_message(octets).passed}


def judge(desk, files, wanted):
    """Ends with 1 where one of the two says something else."""
    for file in files:
        said = verdicts(desk, file)
        if set(said.values()) != {wanted}:
            sys.exit(f"{file.name}: {said}")


def sign(desk, files):
    """Signs copies of the messages, without signatures they may have."""
    key, certificate = (desk / "key.pem").read_bytes(), (desk / "cert.pem").read_text()
    method = "ecdsa-sha256" if b"EC" in kind(key) else "rsa-sha256"
    (desk / "signed").mkdir()
    for file in files:
        for number, canonical in enumerate(CANONICAL):
            root = etree.fromstring(file.read_bytes())
            for old in root.findall(DSIG):
                root.remove(old)
            signer = signxml.XMLSigner(signature_algorithm=method, c14n_algorithm=canonical)
            signed = signer.sign(root, key=key, cert=certificate)
            path = desk / "signed" / f"{file.stem}-{number}.xml"
            path.write_bytes(etree.tostring(signed, xml_declaration=True, encoding="UTF-8"))


def kind(key):
    """`EC` or `RSA`."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    private = load_pem_private_key(key, None)
    return b"EC" if isinstance(private, ec.EllipticCurvePrivateKey) else b"RSA"


def main():
    task, desk, files = sys.argv[1], pathlib.Path(sys.argv[2]), [pathlib.Path(f) for f in sys.argv[3:]]
    match task:
        case "accept":
            judge(desk, files, True)
        case "refuse":
            judge(desk, files, False)
        case "sign":
            sign(desk, files)


main()
