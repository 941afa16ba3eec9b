use super::shrink;

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(shrink(source), format!("{expected}\n"));
}

#[test]
fn comments_and_spare_white_space_go() {
    check("/* a\n b */\nf( 1 ,  2 ); // c\ng();\n", "f(1,2);g();");
    check("return  x + +y - -z + ++w + v++;", "return x+ +y- -z+ ++w+v++;");
    check("if (a) {\n  b();\n}\nelse\n  c();", "if(a){b();}\nelse\nc();");
}

#[test]
fn variables_are_renamed_everywhere_alike() {
    check("const count = 1, other = count; use(count);", "const a=1,b=a;use(a);");
    check(
        "const f = (long, { key: value, same, most = 3 }) => long + value + same + most;",
        "const e=(a,{key:d,same:c,most:b=3})=>a+d+c+b;",
    );
    check(
        "for (const [left, right] of pairs) g(left, right);",
        "for(const[a,b]of pairs)g(a,b);",
    );
    check("try { f(); } catch (error) { g(error); }", "try{f();}catch(a){g(a);}");
    check(
        "function outer(one) { let two; return one; }",
        "function b(a){let c;return a;}",
    );
}

#[test]
fn what_is_seen_from_outside_keeps_its_name() {
    check(
        "const name = { name, size: name.size, go(step) { return step; } };",
        "const a={name:a,size:a.size,go(b){return b;}};",
    );
    check(
        "class Reader { int(count) { return this.count + count; } get size() { return 1; } }",
        "class b{int(a){return this.count+a;}get size(){return 1;}}",
    );
    check("const document = 1; f(document);", "const document=1;f(document);");
    check(
        "const x = yes ? first : second, y = { first: x };",
        "const a=yes?first:second,b={first:a};",
    );
}

#[test]
fn a_short_name_is_none_that_the_script_uses_otherwise() {
    check("const long = a + b;", "const c=a+b;");
}

#[test]
fn texts_stay_as_they_are() {
    check(
        "const word = 'a  // b', t = `x ${ word } \\` ${ { word }.word } y`;",
        "const a='a  // b',b=`x ${a} \\` ${{word:a}.word} y`;",
    );
    check(
        "const slash = /[/'] \\/ +/gu.test(text) / 2;",
        "const a=/[/'] \\/ +/gu.test(text)/2;",
    );
    check("f(n => n / 2 / 3, s => /\"/.test(s));", "f(a=>a/2/3,b=>/\"/.test(b));");
}
