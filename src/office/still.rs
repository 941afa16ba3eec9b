//! Whether a drawing (SVG) stands still: a browser that opens it by itself runs its scripts in the name of the site.
//!
//! A list says what may stand in it, as any element of another language could be a page. What isn't on it is not taken
//! out: a drawing that is changed is no longer the author's, and a parser that reads it otherwise than a browser would
//! leave something in.

use crate::corpus::decode::decode;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

const SVG: &str = "http://www.w3.org/2000/svg";
/// Languages whose elements browsers act upon.
const ACTIVE_LANGUAGES: [&str; 4] = [
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/2001/xml-events",
    "http://www.w3.org/1999/XSL/Transform",
];
/// Elements of SVG that draw, describe or hold what is drawn.
const DRAWING: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "switch",
    "title",
    "desc",
    "metadata",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "tref",
    "image",
    "a",
    "view",
    "marker",
    "pattern",
    "mask",
    "clipPath",
    "linearGradient",
    "radialGradient",
    "meshgradient",
    "stop",
    "solidColor",
    "style",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "font",
    "font-face",
    "font-face-src",
    "font-face-name",
    "glyph",
    "missing-glyph",
    "hkern",
    "vkern",
    "flowRoot",
    "flowRegion",
    "flowPara",
];
/// Pictures that a drawing may hold in itself.
const PICTURES: [&str; 5] = [
    "data:image/png",
    "data:image/jpeg",
    "data:image/jpg",
    "data:image/gif",
    "data:image/webp",
];

/// Whether a drawing holds nothing that a browser runs, follows by itself or loads from elsewhere. What isn't a drawing
/// to its end doesn't.
pub(crate) fn is_still(bytes: &[u8]) -> bool {
    let Ok(decoded) = decode(bytes.to_vec()) else {
        return false;
    };
    stands(decoded.text.trim_start_matches('\u{FEFF}')).unwrap_or(false)
}

fn stands(text: &str) -> Result<bool, quick_xml::Error> {
    let mut reader = NsReader::from_str(text);
    let (mut depth, mut seen, mut in_style) = (0_usize, false, false);
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                seen = true;
                if !element(&reader, start)? {
                    return Ok(false);
                }
                if matches!(event, Event::Start(_)) {
                    depth += 1;
                    in_style = start.local_name().into_inner() == "style";
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                in_style = false;
            }
            Event::Text(text) if in_style && !(style(text) && names_nothing(text)) => return Ok(false),
            Event::CData(text) if in_style && !(style(text) && names_nothing(text)) => return Ok(false),
            // What a style refers to could be anything; a declaration of entities makes anything of anything.
            Event::GeneralRef(_) if in_style => return Ok(false),
            Event::DocType(text) if !doctype(text) => return Ok(false),
            Event::PI(_) => return Ok(false),
            Event::Eof => return Ok(seen && depth == 0),
            _ => {}
        }
    }
}

/// Whether an element may stand in a drawing.
fn element(reader: &NsReader<&[u8]>, start: &BytesStart) -> Result<bool, quick_xml::Error> {
    let (language, local) = reader.resolver().resolve_element(start.name());
    let name = local.into_inner();
    let may = match language {
        ResolveResult::Bound(language) if language.0 == SVG => DRAWING.contains(&name),
        ResolveResult::Bound(language) => !ACTIVE_LANGUAGES.contains(&language.0),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => true,
    };
    // A reader of HTML, which a drawing may get into, sees no languages.
    let tag = name.to_ascii_lowercase();
    if !may
        || matches!(
            &*tag,
            "script" | "foreignobject" | "iframe" | "object" | "embed" | "handler" | "set"
        )
    {
        return Ok(false);
    }
    for attribute in start.attributes() {
        let attribute = attribute?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
        let key = attribute.key.local_name().into_inner().to_ascii_lowercase();
        if !holds(&tag, &key, &value) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether an attribute may stand in a drawing.
fn holds(tag: &str, key: &str, value: &str) -> bool {
    let plain = plain(value);
    match key {
        "base" | "attributename" | "formaction" | "action" | "srcdoc" => false,
        key if key.starts_with("on") => false,
        "href" | "src" => {
            let web = tag == "a"
                && ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|start| plain.starts_with(start));
            let picture = PICTURES.iter().any(|start| plain.starts_with(start));
            web || picture || plain.is_empty() || plain.starts_with('#')
        }
        "style" => style(value) && names_nothing(value),
        _ => style(value),
    }
}

/// Whether a declaration of the document's type declares nothing by itself and names no foreign file: W3C's own is what
/// programs write, and one without a server stands beside the drawing.
fn doctype(text: &str) -> bool {
    let mut address = text
        .split(['"', '\''])
        .skip(1)
        .step_by(2)
        .last()
        .unwrap_or_default()
        .trim();
    for own in ["http://www.w3.org/", "https://www.w3.org/"] {
        address = address.strip_prefix(own).unwrap_or(address);
    }
    !text.contains('[') && !address.contains([':', '\\']) && !address.starts_with("//")
}

/// A text without blanks, in small letters: what words of CSS are in any spelling.
fn plain(text: &str) -> String {
    let shown = text.chars().filter(|letter| *letter > ' ');
    shown.collect::<String>().to_lowercase()
}

/// Whether a style names no address in any string or word, but for pictures in itself: a string is one in `image-set()`
/// and other functions that are yet to be.
fn names_nothing(text: &str) -> bool {
    const SCHEMES: [&str; 8] = [
        "http:",
        "https:",
        "ftp:",
        "file:",
        "data:",
        "blob:",
        "filesystem:",
        "mailto:",
    ];
    let plain = plain(text);
    let mut pieces = plain.split("url(");
    let before = pieces.next().unwrap_or_default().to_owned();
    let rest = pieces.map(|piece| {
        let (target, after) = piece.split_once(')').unwrap_or((piece, ""));
        let target = target.trim_matches(['"', '\'']);
        let is_picture = PICTURES.iter().any(|start| target.starts_with(start)) && !target.contains(['"', '\'']);
        if is_picture { after } else { piece }
    });
    let written = rest.fold(before, |all, piece| all + " " + piece);
    !written.contains("//") && !SCHEMES.iter().any(|scheme| written.contains(scheme))
}

/// Whether a text of CSS, or a value that may hold some, refers to nothing outside.
fn style(text: &str) -> bool {
    let plain = plain(text);
    // An escape or a comment may stand within any word of CSS.
    let hides = plain.contains('\\') || plain.contains("/*") && plain.contains("url");
    let outside = plain.match_indices("url(").any(|(at, _)| {
        let target = plain[at + 4..].trim_start_matches(['"', '\'']);
        !target.starts_with('#') && !PICTURES.iter().any(|start| target.starts_with(start))
    });
    let words = [
        "@import",
        "javascript:",
        "vbscript:",
        "expression(",
        "-moz-binding",
        "behavior:",
        // These take strings for addresses.
        "image-set(",
        "cross-fade(",
        "src(\"",
        "src('",
        "src(var(",
        "image(\"",
        "image('",
    ];
    !hides && !outside && !words.iter().any(|word| plain.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inner: &str) -> String {
        format!("<svg xmlns=\"{SVG}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inner}</svg>")
    }

    #[test]
    fn a_drawing_of_a_program_stands_still() {
        for inner in [
            "<g fill=\"url(#a)\"><path d=\"M0 0\"/><text x=\"1\">一<tspan>二</tspan></text></g>",
            "<style>.a{fill:#f00;stroke:url(#b)}</style><use xlink:href=\"#a\"/>",
            "<style>.a{fill:url('data:image/png;base64,AA//A') no-repeat}</style><g inkscape:label=\"image(1) // http:\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\"/>",
            "<style>/* 一 */ .a{font-family:'Song', \"Hei\"}</style>",
            "<image href=\"data:image/png;base64,AAAA\"/><a href=\"https://example.cn/\"><text>链</text></a>",
            "<sodipodi:namedview xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" id=\"a\"/>",
        ] {
            assert!(is_still(drawing(inner).as_bytes()), "{inner}");
        }
        for kind in [
            "svg",
            "svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"",
            "svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"a.dtd\"",
        ] {
            let declared = format!("\u{FEFF}<?xml version=\"1.0\"?>\n<!DOCTYPE {kind}>\n{}", drawing(""));
            assert!(is_still(declared.as_bytes()), "{kind}");
        }
    }

    #[test]
    fn what_acts_or_reaches_out_does_not() {
        for inner in [
            "<script>alert(1)</script>",
            "<SCRIPT>alert(1)</SCRIPT>",
            "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">alert(1)</s:script>",
            "<script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script>",
            "<x:img xmlns:x=\"http://www.w3.org/1999/xhtml\" src=\"a\"/>",
            "<g onload=\"alert(1)\"/>",
            "<g ONLOAD=\"alert(1)\"/>",
            "<foreignObject><p>a</p></foreignObject>",
            "<a href=\"javascript:alert(1)\"/>",
            "<a xlink:href=\"java&#9;script:alert(1)\"/>",
            "<a href=\"&#106;avascript:alert(1)\"/>",
            "<a href=\"data:text/html,a\"/>",
            "<use href=\"b.svg#a\"/>",
            "<use href=\"data:image/svg+xml,a\"/>",
            "<image href=\"http://a.cn/b.png\"/>",
            "<image href=\"//a.cn/b.png\"/>",
            "<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>",
            "<set attributeName=\"onload\" to=\"a\"/>",
            "<handler type=\"application/ecmascript\">a</handler>",
            "<style>@import 'a.css';</style>",
            "<style>a{fill:url(http://a.cn/)}</style>",
            "<style>a{fill:u\\72l(http://a.cn/)}</style>",
            "<g style=\"fill:url( '//a.cn/' )\"/>",
            "<style>a{background:image-set(\"http://e.x/a.png\" 1x)}</style>",
            "<style>a{background:-webkit-image-set(\"a.png\" 1x)}</style>",
            "<style>a{background:src( 'a.png')}</style>",
            "<style>a{background:new-function('//e.x/a.png')}</style>",
            "<style>a{background:new-function('https:e.x/a.png')}</style>",
            "<style>@new 'http://e.x/a.css';</style>",
            "<style>a{font-family:'url(data:image/png';b:new('http://e.x/')}</style>",
            "<style>/* url(data:image/png */ a{b:new('http://e.x/')}</style>",
            "<style>a{fill:url(data:image/png;base64,AA) '//e.x/'}</style>",
            "<style><![CDATA[a{background:new('http://e.x/')}]]></style>",
            "<g style=\"mask:new('http://e.x/')\"/>",
            "<g mask=\"image-set('http://e.x/' 1x)\"/>",
            "<g xml:base=\"javascript:a\"/>",
            "<iframe src=\"a\"/>",
            "<style><![CDATA[@import 'a']]></style>",
            "<style>&a;</style>",
            "<g>",
        ] {
            assert!(!is_still(drawing(inner).as_bytes()), "{inner}");
        }
        let around = |before: &str| format!("{before}{}", drawing(""));
        for text in [
            around("<?xml-stylesheet href=\"a.xsl\" type=\"text/xsl\"?>"),
            around("<!DOCTYPE svg SYSTEM \"http://e.x/a.dtd\">"),
            around("<!DOCTYPE svg SYSTEM '//e.x/a.dtd'>"),
            around("<!DOCTYPE svg PUBLIC \"http://www.w3.org/\" \"https://e.x/a.dtd\">"),
            around("<!DOCTYPE svg SYSTEM \"http://www.w3.org.e.x/a.dtd\">"),
            around("<!DOCTYPE svg [<!ENTITY a \"<script>alert(1)</script>\">]>"),
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>".to_owned(),
            String::new(),
            "no drawing".to_owned(),
        ] {
            assert!(!is_still(text.as_bytes()), "{text}");
        }
        let wide: Vec<u8> = format!("\u{FEFF}{}", drawing("<script>a</script>"))
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(!is_still(&wide));
    }
}
