//! The hair of a drawn child: what hangs behind the head, and what lies on it.

use super::canvas::{
    Canvas, Color, Paint, Point, darker, ellipse, frame, lighter, mix, rgb, rounded,
};
use super::face::head;
use super::{HairStyle, Portrait, ShirtColor};

/// Hair behind neck and shoulders.
pub(super) fn draw_behind(canvas: &mut Canvas, child: &Portrait) {
    let color = child.hair.color();
    let back = darker(color, 0.25);
    let whole = frame(60.0, 60.0, 540.0, 750.0);
    match child.style {
        HairStyle::Short | HairStyle::Braids => {}
        HairStyle::Curly => {
            for lock in curls() {
                canvas.oval(lock, (62.0, 62.0), back);
            }
        }
        HairStyle::Long => {
            canvas.fill(whole, back, |at| {
                rounded(at, (300.0, 440.0), (194.0, 250.0), 150.0)
            });
        }
        HairStyle::Bun => {
            canvas.oval((300.0, 150.0), (78.0, 70.0), color);
            canvas.curve(
                [(252.0, 150.0), (296.0, 96.0), (352.0, 142.0)],
                6.0,
                lighter(color, 0.16),
            );
            canvas.curve(
                [(270.0, 172.0), (304.0, 132.0), (336.0, 170.0)],
                6.0,
                darker(color, 0.3),
            );
        }
    }
}

/// Hair on the head and in front of the shoulders.
pub(super) fn draw_front(canvas: &mut Canvas, child: &Portrait) {
    let color = child.hair.color();
    match child.style {
        HairStyle::Short => draw_short(canvas, color),
        HairStyle::Curly => draw_curly(canvas, color),
        HairStyle::Long => draw_long(canvas, color),
        HairStyle::Braids => draw_braids(canvas, color, ribbon(child.shirt)),
        HairStyle::Bun => draw_bun(canvas, color, ribbon(child.shirt)),
    }
}

/// A ribbon that does not vanish against the shirt.
fn ribbon(shirt: ShirtColor) -> Color {
    match shirt {
        ShirtColor::Red | ShirtColor::Pink | ShirtColor::Orange => rgb(0xFF_FF_FF),
        _ => rgb(0xE2_4B_5B),
    }
}

/// The crown: the head grown by `thick`, above the line that `hairline` gives for each column.
fn crown(canvas: &mut Canvas, color: Color, thick: f32, hairline: impl Fn(Point) -> f32) {
    canvas.fill(frame(100.0, 130.0, 500.0, 480.0), color, |at| {
        (head(at) - thick).max(hairline(at))
    });
}

/// A light streak that follows the skull.
fn shine(canvas: &mut Canvas, color: Color) {
    let streak = Paint {
        color: lighter(color, 0.3),
        cover: 0.55,
    };
    canvas.curve(
        [(196.0, 262.0), (226.0, 212.0), (286.0, 202.0)],
        9.0,
        streak,
    );
    canvas.curve(
        [(306.0, 201.0), (318.0, 201.0), (330.0, 204.0)],
        9.0,
        streak,
    );
}

fn draw_short(canvas: &mut Canvas, color: Color) {
    let forehead = |at: Point| {
        let fringe = ellipse(at, (318.0, 420.0), (150.0, 140.0));
        let temple = ellipse(at, (300.0, 430.0), (141.0, 130.0));
        -fringe.min(temple)
    };
    crown(canvas, color, 15.0, |at| forehead(at).max(at.1 - 372.0));
    // Tufts combed to the side.
    for (from, bend, to, width) in [
        ((214.0, 212.0), (272.0, 166.0), (344.0, 190.0), 24.0),
        ((196.0, 252.0), (220.0, 300.0), (190.0, 334.0), 24.0),
        ((240.0, 262.0), (300.0, 306.0), (376.0, 274.0), 26.0),
        ((300.0, 250.0), (380.0, 300.0), (424.0, 300.0), 24.0),
    ] {
        canvas.curve([from, bend, to], width, color);
    }
    let strand = Paint {
        color: darker(color, 0.35),
        cover: 0.6,
    };
    canvas.curve(
        [(236.0, 230.0), (300.0, 282.0), (384.0, 266.0)],
        4.0,
        strand,
    );
    canvas.curve(
        [(272.0, 212.0), (340.0, 262.0), (414.0, 276.0)],
        4.0,
        strand,
    );
    shine(canvas, color);
}

/// Centers of the curls around the head.
fn curls() -> impl Iterator<Item = Point> {
    (0..13_u8).map(|index| {
        let angle = (f32::from(index) * 19.0 + 156.0).to_radians();
        (300.0 + 148.0 * angle.cos(), 326.0 + 150.0 * angle.sin())
    })
}

fn draw_curly(canvas: &mut Canvas, color: Color) {
    crown(canvas, color, 22.0, |at| {
        (-ellipse(at, (300.0, 430.0), (136.0, 150.0))).max(at.1 - 388.0)
    });
    for index in 0..9_u8 {
        let angle = (f32::from(index) * 19.5 + 192.0).to_radians();
        let center = (300.0 + 122.0 * angle.cos(), 370.0 + 118.0 * angle.sin());
        canvas.oval(center, (34.0, 33.0), color);
    }
    let ring = Paint {
        color: lighter(color, 0.22),
        cover: 0.6,
    };
    for (index, (x, y)) in curls().filter(|lock| lock.1 < 330.0).enumerate() {
        let paint = if index % 2 == 0 {
            ring
        } else {
            Paint {
                color: darker(color, 0.3),
                cover: 0.6,
            }
        };
        canvas.curve(
            [
                (x - 20.0, y + 12.0),
                (x - 4.0, y - 30.0),
                (x + 22.0, y + 4.0),
            ],
            6.0,
            paint,
        );
    }
    for (x, y) in [
        (232.0, 262.0),
        (290.0, 236.0),
        (350.0, 258.0),
        (300.0, 188.0),
        (228.0, 206.0),
        (372.0, 204.0),
    ] {
        canvas.curve(
            [(x - 18.0, y + 8.0), (x, y - 26.0), (x + 20.0, y + 6.0)],
            5.0,
            ring,
        );
    }
}

fn draw_long(canvas: &mut Canvas, color: Color) {
    part(canvas, color);
    canvas.fill(frame(100.0, 170.0, 500.0, 720.0), color, |at| {
        let fall = rounded(
            at,
            (300.0, 432.0),
            (184.0 + 6.0 * ((at.1 - 300.0) / 80.0).sin(), 254.0),
            165.0,
        );
        let shoulders = rounded(at, (300.0, 640.0), (124.0, 230.0), 60.0);
        fall.max(-opening(at).min(shoulders)).max(at.1 - 668.0)
    });
    for side in [-1.0, 1.0] {
        let x = 300.0 + side * 154.0;
        let strand = Paint {
            color: darker(color, 0.35),
            cover: 0.55,
        };
        canvas.curve(
            [
                (x + side * 6.0, 350.0),
                (x - side * 10.0, 480.0),
                (x + side * 4.0, 622.0),
            ],
            4.0,
            strand,
        );
        let light = Paint {
            color: lighter(color, 0.24),
            cover: 0.5,
        };
        canvas.curve(
            [
                (x + side * 18.0, 370.0),
                (x + side * 8.0, 470.0),
                (x + side * 18.0, 580.0),
            ],
            5.0,
            light,
        );
    }
    shine(canvas, color);
}

/// Distance to the part of the face that parted hair leaves free, with a small peak in the middle.
fn opening(at: Point) -> f32 {
    ellipse(at, (300.0, 428.0), (140.0, 170.0)).min(ellipse(at, (300.0, 268.0), (30.0, 34.0)))
}

/// Hair parted in the middle, drawn down over both temples.
fn part(canvas: &mut Canvas, color: Color) {
    crown(canvas, color, 17.0, |at| (-opening(at)).max(at.1 - 430.0));
    let seam = Paint {
        color: darker(color, 0.4),
        cover: 0.6,
    };
    canvas.curve([(300.0, 178.0), (298.0, 208.0), (300.0, 236.0)], 4.0, seam);
    let strand = Paint {
        color: darker(color, 0.35),
        cover: 0.45,
    };
    for side in [-1.0, 1.0] {
        canvas.curve(
            [
                (300.0 + side * 14.0, 202.0),
                (300.0 + side * 104.0, 220.0),
                (300.0 + side * 146.0, 330.0),
            ],
            4.0,
            strand,
        );
    }
}

fn draw_braids(canvas: &mut Canvas, color: Color, ribbon: Color) {
    part(canvas, color);
    shine(canvas, color);
    for side in [-1.0, 1.0] {
        for knot in 0..5_u8 {
            let step = f32::from(knot);
            let center = (300.0 + side * (174.0 - step * 3.0), 446.0 + step * 43.0);
            let shade = if knot % 2 == 0 {
                color
            } else {
                mix(color, lighter(color, 0.5), 0.22)
            };
            canvas.oval(center, (31.0 - step * 1.5, 29.0), shade);
            let crease = Paint {
                color: darker(color, 0.4),
                cover: 0.6,
            };
            canvas.curve(
                [
                    (center.0 - 16.0, center.1 - 8.0),
                    center,
                    (center.0 + 14.0, center.1 + 12.0),
                ],
                4.0,
                crease,
            );
        }
        let tie = (300.0 + side * 160.0, 640.0);
        canvas.oval((tie.0, tie.1 + 40.0), (19.0, 32.0), color);
        draw_bow(canvas, tie, ribbon);
    }
}

fn draw_bun(canvas: &mut Canvas, color: Color, ribbon: Color) {
    crown(canvas, color, 14.0, |at| {
        let brow = ellipse(at, (300.0, 416.0), (142.0, 156.0));
        (-brow).max(at.1 - 392.0)
    });
    let strand = Paint {
        color: darker(color, 0.35),
        cover: 0.5,
    };
    for side in [-1.0, 1.0] {
        canvas.curve(
            [
                (300.0 + side * 24.0, 194.0),
                (300.0 + side * 84.0, 214.0),
                (300.0 + side * 132.0, 290.0),
            ],
            4.0,
            strand,
        );
        canvas.curve(
            [
                (300.0 + side * 8.0, 196.0),
                (300.0 + side * 34.0, 214.0),
                (300.0 + side * 60.0, 258.0),
            ],
            4.0,
            strand,
        );
    }
    shine(canvas, color);
    draw_bow(canvas, (300.0, 196.0), ribbon);
}

fn draw_bow(canvas: &mut Canvas, center: Point, ribbon: Color) {
    for side in [-1.0, 1.0] {
        canvas.oval((center.0 + side * 19.0, center.1), (19.0, 14.0), ribbon);
        canvas.oval(
            (center.0 + side * 21.0, center.1),
            (9.0, 6.0),
            darker(ribbon, 0.2),
        );
    }
    canvas.oval(center, (9.0, 10.0), darker(ribbon, 0.12));
}
