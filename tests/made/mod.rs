//! Kinds of vectors, their disguises, and documents that hold them; for tests by a parser and by a browser.
#![allow(dead_code, reason = "each test uses a part of it")]

/// Script in a page, by the mechanism that runs it. `alert(1)` is what runs.
pub(crate) const KINDS: [&str; 60] = [
    "<script>alert(1)</script>",
    "<script src=//a.example/x.js></script>",
    "<script src=data:text/javascript,alert(1)></script>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"javascript:alert(1)\">",
    "<img srcset=\"x 1x\" onerror=alert(1)>",
    "<image href=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a><animate attributeName=href to=javascript:alert(1)></animate><text y=9>a</text></a></svg>",
    "<svg><set attributeName=onload to=alert(1)>",
    "<svg><foreignObject><iframe srcdoc=\"<script>alert(1)</script>\"></iframe></foreignObject></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><a/></svg>#x\"></use></svg>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<math href=javascript:alert(1)>a</math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<object data=javascript:alert(1)></object>",
    "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=a onerror=alert(1)></applet>",
    "<base href=\"//a.example/\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<meta http-equiv=\"Set-Cookie\" content=\"a=b\">",
    "<link rel=stylesheet href=//a.example/a.css>",
    "<link rel=import href=\"data:text/html,<script>alert(1)</script>\">",
    "<style>@import '//a.example/a.css';</style>",
    "<p style=\"background:url(javascript:alert(1))\">a",
    "<p style=\"behavior:url(#default#time2)\" onbegin=alert(1)>a",
    "<body onload=alert(1)>",
    "<body background=javascript:alert(1)>",
    "<table background=javascript:alert(1)><td>a</table>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<form><button formaction=javascript:alert(1)>a</button></form>",
    "<isindex action=javascript:alert(1) type=image>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)></select>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    "<keygen autofocus onfocus=alert(1)>",
    "<video src=x onerror=alert(1)></video>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<details open ontoggle=alert(1)>a</details>",
    "<marquee onstart=alert(1)>a</marquee>",
    "<a href=javascript:alert(1)>a</a>",
    "<a href=\"java&#9;script:alert(1)\">a</a>",
    "<a href=\"&#106;avascript&colon;alert(1)\">a</a>",
    "<a href=\"\u{1}javascript:alert(1)\">a</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">a</a>",
    "<a href=vbscript:alert(1)>a</a>",
    "<a href=x ping=//a.example/ onmouseover=alert(1)>a</a>",
    "<area href=javascript:alert(1) shape=default>",
    "<x onclick=alert(1) tabindex=1 id=x autofocus onfocus=alert(1)>a</x>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<template><script>alert(1)</script></template><portal src=javascript:alert(1)></portal>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<plaintext onmouseover=alert(1)>a",
    "<math><mglyph><style><img title=\"</style><img src=x onerror=alert(1)>\"></style></mglyph></math>",
];

/// Ways to get a vector past who looks for it.
pub(crate) const DISGUISES: [fn(&str) -> String; 12] = [
    |kind| kind.to_owned(),
    |kind| format!("\">{kind}"),
    |kind| format!("'>{kind}"),
    |kind| format!("--></title></textarea></style></script></noscript>]]>{kind}"),
    str::to_uppercase,
    |kind| kind.replacen(' ', "/", 1),
    |kind| kind.replacen('<', "<<", 1),
    |kind| kind.replace(' ', "\t").replace('=', " =\t"),
    |kind| kind.trim_end_matches('>').to_owned(),
    |kind| kind.replace("on", "o\u{0}n").replacen("<s", "<\u{0}s", 1),
    |kind| kind.replace('<', "&lt;").replace('>', "&gt;"),
    |kind| kind.replace('<', "＜").replace("script", "ſcript"),
];

/// A text between the quotes of YAML.
pub(crate) fn quoted(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '"' | '\\' => format!("\\{letter}"),
        letter if letter.is_control() => format!("\\x{:02x}", letter as u32),
        letter => letter.to_string(),
    });
    letters.collect()
}

/// A vector as the name of a file.
pub(crate) fn file_name(kind: &str) -> String {
    let name: String = kind
        .chars()
        .filter(|letter| !letter.is_control())
        .map(|letter| if letter == '/' { '\u{2215}' } else { letter })
        .collect();
    name.chars()
        .take(60)
        .collect::<String>()
        .trim_end_matches(['.', ' '])
        .to_owned()
}

/// A document with vectors in its body and its front matter, and how many forms that are.
pub(crate) fn document(vectors: &[String]) -> (String, usize) {
    let mut text = String::from("---\nkind: report\ndate: 2024-03-05\n");
    let keys = ["title", "summary", "authors", "genre", "partners"];
    for (key, vector) in keys.iter().zip(vectors.iter().cycle()) {
        text += &format!("{key}: \"{}\"\n", quoted(vector));
    }
    text += "---\n\n";
    let places: [fn(&str) -> String; 9] = [
        |vector| format!("{vector}\n"),
        |vector| format!("段落 {vector} 后面\n"),
        |vector| format!("## 标题 {vector}\n"),
        |vector| format!("| {vector} | 乙 |\n|---|---|\n| 一 | {vector} |\n"),
        |vector| format!("`{vector}` ![{vector}]({vector} \"{vector}\")\n"),
        |vector| format!("[{vector}](<javascript:alert(1)//{vector}>) <javascript:alert(1)>\n"),
        |vector| format!("[a][{vector}]\n\n[{vector}]: javascript:alert(1) '{vector}'\n"),
        |vector| format!("> - {vector}\n>\n> [^{}]\n\n[^{0}]: {vector}\n", vector.len()),
        |vector| format!("<div title='{vector}'>\n\n{vector}\n\n</div>\n"),
    ];
    for place in places {
        for vector in vectors {
            text += &place(vector);
            text.push('\n');
        }
    }
    (text, keys.len() + vectors.len() * places.len())
}
