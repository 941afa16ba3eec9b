//! What a group is for.

use crate::office::line::Place;

/// Where the text of a group goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into the paragraph.
    Text,
    /// Nowhere: it is not text.
    Skip,
    /// Fonts with their character sets.
    Fonts,
    /// Styles with their names.
    Styles,
    /// Properties of the file.
    Properties,
    /// What stands beside the text.
    Words(Place),
    /// The instruction of a field.
    Instruction,
    /// What stands before the paragraph: its number or bullet.
    Mark,
    /// The bytes of a picture.
    Picture,
    /// The name of a property of a shape.
    ShapeName,
    /// Its value.
    ShapeValue,
    /// Two ways to say the same, the second in Unicode.
    Twice,
}

/// A text of its own within another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Body,
    Note,
    Comment,
    Page(Place),
    Box,
}

/// What a word that begins a group makes of it; `None` where it says nothing of that.
pub(super) fn of(word: &str, is_optional: bool) -> Option<Destination> {
    use Destination::{
        Fonts, Instruction, Mark, Picture, Properties, ShapeName, ShapeValue, Skip, Styles, Text, Twice, Words,
    };
    Some(match word {
        "fonttbl" => Fonts,
        "stylesheet" => Styles,
        "info" | "userprops" => Properties,
        "fldinst" => Instruction,
        "listtext" | "pntext" => Mark,
        "pict" => Picture,
        "sn" => ShapeName,
        "sv" => ShapeValue,
        "upr" => Twice,
        "docvar" | "bkmkstart" | "objname" | "objclass" => Words(Place::Held),
        "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" => Words(Place::Footer),
        "tc" | "xe" | "rxe" | "txe" | "tcn" | "template" | "revtbl" | "shprslt" | "staticval" | "ffdeftext"
        | "ffname" | "ffhelptext" | "ffstattext" | "ffl" => Words(Place::Hidden),
        "atnauthor" | "atnid" => Words(Place::Comment),
        "shppict" | "shp" | "shpinst" | "shpgrp" | "fldrslt" | "formfield" | "field" | "result" | "object"
        | "mmath" | "moMath" | "moMathPara" | "ud" | "do" => Text,
        "title" | "subject" | "author" | "manager" | "company" | "operator" | "category" | "keywords" | "comment"
        | "doccomm" | "hlinkbase" | "propname" => Words(Place::Property(word.to_owned())),
        "colortbl" | "listtable" | "listoverridetable" | "rsidtbl" | "generator" | "themedata"
        | "colorschememapping" | "datastore" | "latentstyles" | "xmlnstbl" | "mmathPr" | "filetbl" | "pgptbl"
        | "wgrffmtfilter" | "blipuid" | "bliptag" | "objdata" | "objtime" | "objalias" | "objsect" | "passwordhash"
        | "password" | "bkmkend" | "nonshppict" | "pn" | "pnseclvl" | "picprop" | "panose" | "falt" | "fname"
        | "fontemb" | "fontfile" | "keycode" | "nonesttables" | "nesttableprops" | "atnref" | "datafield"
        | "pntxta" | "pntxtb" | "atrfstart" | "atrfend" | "atndate" | "atntime" | "atnparent" | "atnicn"
        | "creatim" | "revtim" | "printim" | "buptim" | "background" | "mctrlPr" | "mctrlpr" | "protusertbl"
        | "fldtype" | "cchs" | "proptype" | "linkval" => Skip,
        _ if is_optional => Words(Place::Hidden),
        _ => return None,
    })
}

/// The text of its own that a word begins.
pub(super) fn flow(word: &str) -> Option<Kind> {
    Some(match word {
        "footnote" => Kind::Note,
        "annotation" => Kind::Comment,
        "header" | "headerl" | "headerr" | "headerf" => Kind::Page(Place::Header),
        "footer" | "footerl" | "footerr" | "footerf" => Kind::Page(Place::Footer),
        "shptxt" | "dptxbxtext" => Kind::Box,
        _ => return None,
    })
}
