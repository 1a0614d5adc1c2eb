//! Background, shirt, head and features of a drawn child. Not the hair; see its own file.

use super::canvas::{
    Canvas, Color, Paint, darker, ellipse, frame, lighter, mix, rgb, rounded, segment,
};
use super::{Portrait, ShirtColor, ShirtPattern};

/// Middle of the picture, about which everything is symmetric.
const MIDDLE: f32 = 300.0;
/// Height of the eyes.
const EYES: f32 = 372.0;
/// Half the distance between the eyes.
const APART: f32 = 66.0;
/// Left and right.
const SIDES: [f32; 2] = [-1.0, 1.0];

/// A quiet wall with a round light behind the head.
pub(super) fn draw_background(canvas: &mut Canvas, child: &Portrait) {
    let wall = wall_color(child.shirt);
    let whole = frame(0.0, 0.0, 600.0, 750.0);
    canvas.shade(whole, |at| {
        mix(wall, darker(wall, 0.16), at.1 / 750.0).into()
    });
    canvas.oval(
        (MIDDLE, 350.0),
        (268.0, 268.0),
        Paint {
            color: rgb(0xFF_FF_FF),
            cover: 0.28,
        },
    );
    canvas.oval(
        (MIDDLE, 350.0),
        (222.0, 222.0),
        Paint {
            color: rgb(0xFF_FF_FF),
            cover: 0.22,
        },
    );
}

/// A wall that the shirt stands out from.
fn wall_color(shirt: ShirtColor) -> Color {
    match shirt {
        ShirtColor::Red | ShirtColor::Orange | ShirtColor::White => rgb(0xA9_D3_D8),
        ShirtColor::Blue | ShirtColor::Purple => rgb(0xF6_DB_A6),
        ShirtColor::Green | ShirtColor::Pink => rgb(0xC9_D6_F0),
        ShirtColor::Yellow => rgb(0xB5_CC_E8),
    }
}

/// Shoulders, shirt and neck.
pub(super) fn draw_body(canvas: &mut Canvas, child: &Portrait) {
    let (skin, shirt) = (child.skin.color(), child.shirt.color());
    let low = frame(60.0, 520.0, 540.0, 750.0);
    let torso = |at| rounded(at, (MIDDLE, 760.0), (196.0, 158.0), 104.0);
    let neckline = |at| ellipse(at, (MIDDLE, 594.0), (82.0, 52.0));
    canvas.fill(low, shirt, torso);
    draw_pattern(canvas, child, torso);
    canvas.curve(
        [(172.0, 682.0), (160.0, 716.0), (164.0, 760.0)],
        5.0,
        darker(shirt, 0.24),
    );
    canvas.curve(
        [(428.0, 682.0), (440.0, 716.0), (436.0, 760.0)],
        5.0,
        darker(shirt, 0.24),
    );
    canvas.fill(low, darker(shirt, 0.2), |at| {
        torso(at).max(neckline(at) - 15.0)
    });
    canvas.fill(low, darker(skin, 0.06), |at| torso(at).max(neckline(at)));
    canvas.fill(low, darker(skin, 0.06), |at| {
        rounded(at, (MIDDLE, 560.0), (56.0, 70.0), 24.0)
    });
    // The chin's shadow on the neck.
    let neck = |at| rounded(at, (MIDDLE, 560.0), (56.0, 70.0), 24.0);
    let shadow = Paint {
        color: darker(skin, 0.34),
        cover: 0.8,
    };
    canvas.fill(low, shadow, |at| {
        neck(at).max(ellipse(at, (MIDDLE, 500.0), (110.0, 78.0)))
    });
}

fn draw_pattern(canvas: &mut Canvas, child: &Portrait, torso: impl Fn((f32, f32)) -> f32) {
    let shirt = child.shirt.color();
    let ink = if child.shirt == ShirtColor::White {
        rgb(0x4C_79_B0)
    } else {
        lighter(shirt, 0.78)
    };
    match child.pattern {
        ShirtPattern::Plain => {}
        ShirtPattern::Stripes => canvas.fill(frame(60.0, 600.0, 540.0, 750.0), ink, |at| {
            let from_stripe = (at.1 - 640.0).rem_euclid(46.0) - 23.0;
            torso(at).max(from_stripe.abs() - 8.0)
        }),
        ShirtPattern::Star => canvas.fill(frame(240.0, 640.0, 360.0, 750.0), ink, |at| {
            star(at, (MIDDLE, 698.0), 32.0)
        }),
    }
}

/// Distance to a five-pointed star, close enough for its edge.
fn star(at: (f32, f32), center: (f32, f32), radius: f32) -> f32 {
    let (x, y) = (at.0 - center.0, at.1 - center.1);
    let fifth = std::f32::consts::TAU / 5.0;
    let turned = (x.atan2(-y)).rem_euclid(fifth);
    let angle = turned.min(fifth - turned);
    let (px, py) = (x.hypot(y) * angle.cos(), x.hypot(y) * angle.sin());
    // One edge runs from the outer tip to the inner corner.
    let (inner_x, inner_y) = (
        radius * 0.5 * (fifth / 2.0).cos(),
        radius * 0.5 * (fifth / 2.0).sin(),
    );
    let (ex, ey) = (inner_x - radius, inner_y);
    ((px - radius) * -ey + py * ex) / -ex.hypot(ey)
}

/// Ears and face.
pub(super) fn draw_head(canvas: &mut Canvas, child: &Portrait) {
    let skin = child.skin.color();
    for side in SIDES {
        canvas.oval(
            (MIDDLE + side * 155.0, 386.0),
            (29.0, 40.0),
            darker(skin, 0.06),
        );
        canvas.oval(
            (MIDDLE + side * 157.0, 388.0),
            (15.0, 24.0),
            darker(skin, 0.2),
        );
    }
    canvas.fill(frame(130.0, 170.0, 470.0, 560.0), skin, head);
    for side in SIDES {
        let blush = Paint {
            color: mix(skin, rgb(0xE5_58_58), 0.6),
            cover: 0.6,
        };
        canvas.glow((MIDDLE + side * 98.0, 438.0), (52.0, 40.0), blush);
    }
}

/// Distance to the outline of the head: a round skull that narrows gently to the chin.
pub(super) fn head(at: (f32, f32)) -> f32 {
    let skull = ellipse(at, (MIDDLE, 352.0), (156.0, 166.0));
    let jaw = ellipse(at, (MIDDLE, 414.0), (138.0, 126.0));
    // A smooth union, so that no corner shows at the cheek.
    let blend = (0.5 + 0.5 * (jaw - skull) / 40.0).clamp(0.0, 1.0);
    jaw + (skull - jaw) * blend - 40.0 * blend * (1.0 - blend)
}

/// Brows, eyes, nose, mouth and glasses.
pub(super) fn draw_features(canvas: &mut Canvas, child: &Portrait) {
    let skin = child.skin.color();
    let brow = darker(child.hair.color(), 0.3);
    for side in SIDES {
        let x = MIDDLE + side * APART;
        canvas.curve(
            [
                (x - side * 28.0, 329.0),
                (x + side * 4.0, 312.0),
                (x + side * 34.0, 328.0),
            ],
            9.0,
            brow,
        );
        draw_eye(canvas, x, side);
    }
    let line = darker(skin, 0.38);
    canvas.curve([(287.0, 428.0), (300.0, 443.0), (313.0, 428.0)], 6.5, line);
    draw_mouth(canvas, line);
    if child.glasses {
        draw_glasses(canvas);
    }
}

fn draw_eye(canvas: &mut Canvas, x: f32, side: f32) {
    let lash = rgb(0x2A_1D_1A);
    let iris = rgb(0x5A_36_20);
    canvas.oval((x, EYES), (29.0, 28.0), rgb(0xFF_FD_FA));
    canvas.oval((x, EYES + 2.0), (20.0, 22.0), iris);
    canvas.glow(
        (x, EYES + 14.0),
        (17.0, 13.0),
        Paint {
            color: rgb(0xA8_6E_3E),
            cover: 0.9,
        },
    );
    canvas.oval((x, EYES + 1.0), (11.5, 13.0), rgb(0x17_10_0F));
    canvas.oval((x + 7.0, EYES - 7.0), (6.0, 6.5), rgb(0xFF_FF_FF));
    canvas.oval(
        (x - 7.0, EYES + 10.0),
        (3.0, 3.0),
        Paint {
            color: rgb(0xFF_FF_FF),
            cover: 0.8,
        },
    );
    canvas.curve(
        [
            (x - 30.0, EYES - 6.0),
            (x, EYES - 49.0),
            (x + 30.0, EYES - 6.0),
        ],
        7.0,
        lash,
    );
    let corner = x + side * 30.0;
    canvas.curve(
        [
            (corner, EYES - 6.0),
            (corner + side * 5.0, EYES - 9.0),
            (corner + side * 9.0, EYES - 15.0),
        ],
        5.0,
        lash,
    );
}

/// An open smile with a row of teeth and a tongue.
fn draw_mouth(canvas: &mut Canvas, line: Color) {
    let place = frame(230.0, 440.0, 370.0, 530.0);
    // The upper lip sags, the lower one is round.
    let opening = |at: (f32, f32)| {
        let sag = 470.0 + 9.0 * (1.0 - ((at.0 - MIDDLE) / 50.0).powi(2));
        ellipse(at, (MIDDLE, 468.0), (48.0, 46.0)).max(sag - at.1)
    };
    canvas.fill(place, rgb(0x7A_2B_30), opening);
    canvas.fill(place, rgb(0xE8_7C_7C), |at| {
        (opening(at) + 2.0).max(ellipse(at, (MIDDLE, 520.0), (32.0, 22.0)))
    });
    canvas.fill(place, rgb(0xFF_FF_FF), |at| {
        (opening(at) + 1.5).max(ellipse(at, (MIDDLE, 466.0), (41.0, 24.0)))
    });
    canvas.curve(
        [(250.0, 468.0), (300.0, 490.0), (350.0, 468.0)],
        6.0,
        darker(line, 0.25),
    );
    for side in SIDES {
        let x = MIDDLE + side * 51.0;
        canvas.curve(
            [
                (x - side * 3.0, 472.0),
                (x + side * 4.0, 467.0),
                (x + side * 5.0, 460.0),
            ],
            5.0,
            line,
        );
    }
}

fn draw_glasses(canvas: &mut Canvas) {
    let rim = rgb(0x2F_3A_56);
    let place = frame(140.0, 310.0, 460.0, 440.0);
    for side in SIDES {
        let center = (MIDDLE + side * 68.0, EYES + 3.0);
        canvas.fill(
            place,
            Paint {
                color: rgb(0xFF_FF_FF),
                cover: 0.1,
            },
            |at| ellipse(at, center, (53.0, 50.0)),
        );
        canvas.fill(place, rim, |at| {
            ellipse(at, center, (53.0, 50.0)).abs() - 3.5
        });
        let (from, to) = (
            (MIDDLE + side * 121.0, EYES - 2.0),
            (MIDDLE + side * 150.0, EYES - 8.0),
        );
        canvas.fill(place, rim, |at| segment(at, from, to) - 3.5);
    }
    canvas.curve(
        [(284.0, EYES), (300.0, EYES - 10.0), (316.0, EYES)],
        7.0,
        rim,
    );
}
