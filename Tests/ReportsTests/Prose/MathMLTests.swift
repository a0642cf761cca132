import Interchange
import Pages
import Pictures
import Results
import Testing

/// The notation of the course, as browsers set it: whole trees, written short.
///
/// `mfrac(mi:a mn:2)` is the element mfrac with two elements in it; attributes stand in brackets.
struct MathMLTests {
  /// Equations with their trees, without the math and mrow around each.
  private static let trees: [(equation: String, tree: String)] = [
    // Fractions and roots: numerator first, base before degree.
    ("\\frac{a}{2}", "mfrac(mrow(mi:a) mrow(mn:2))"),
    ("\\frac12", "mfrac(mn:1 mn:2)"),
    ("\\dfrac ab \\tfrac{c}d", "mfrac(mi:a mi:b) mfrac(mrow(mi:c) mi:d)"),
    ("\\binom{n}{k}", "mrow(mo:( mfrac[linethickness=0](mrow(mi:n) mrow(mi:k)) mo:))"),
    ("\\sqrt{x}", "msqrt(mrow(mi:x))"),
    ("\\sqrt x", "msqrt(mi:x)"),
    ("\\sqrt[3]{x+1}", "mroot(mrow(mi:x mo:+ mn:1) mrow(mn:3))"),
    // Scripts: below before above; primes first among what stands above.
    ("w_i", "msub(mi:w mi:i)"),
    ("w^2", "msup(mi:w mn:2)"),
    ("w_i^{2}", "msubsup(mi:w mi:i mrow(mn:2))"),
    ("w^2_i", "msubsup(mi:w mi:i mn:2)"),
    ("f'", "msup(mi:f mrow(mo:′))"),
    ("f''", "msup(mi:f mrow(mo:′′))"),
    ("f'^2", "msup(mi:f mrow(mo:′ mn:2))"),
    ("{}_a b", "msub(mrow() mi:a) mi:b"),
    ("_a b", "msub(mrow() mi:a) mi:b"),
    ("10^{-3}", "msup(mn:10 mrow(mo:− mn:3))"),
    ("x^12", "msup(mi:x mn:1) mn:2"),
    ("{a b}^2", "msup(mrow(mi:a mi:b) mn:2)"),
    // Numbers, signs and letters.
    ("3.14 x", "mn:3.14 mi:x"),
    ("x.", "mi:x mo:."),
    ("2.x", "mn:2 mo:. mi:x"),
    ("a-b*c", "mi:a mo:− mi:b mo:∗ mi:c"),
    ("a<b>c", "mi:a mo:&lt; mi:b mo:&gt; mi:c"),
    ("|x|", "mo[stretchy=false]:| mi:x mo[stretchy=false]:|"),
    (
      "(a)[b]",
      "mo[stretchy=false]:( mi:a mo[stretchy=false]:) mo[stretchy=false]:[ mi:b "
        + "mo[stretchy=false]:]"
    ),
    ("a , b / c", "mi:a mo:, mi:b mo:/ mi:c"),
    ("é", "mi:é"),
    // Sums and functions have limits, integrals scripts.
    (
      "\\sum_{i=1}^n x_i",
      "munderover(mo[movablelimits=true]:∑ mrow(mi:i mo:= mn:1) mi:n) msub(mi:x mi:i)"
    ),
    ("\\prod_k", "munder(mo[movablelimits=true]:∏ mi:k)"),
    ("\\sum^n", "mover(mo[movablelimits=true]:∑ mi:n)"),
    ("\\int_0^1", "msubsup(mo[movablelimits=true]:∫ mn:0 mn:1)"),
    ("\\int\\limits_0^1", "munderover(mo[movablelimits=true]:∫ mn:0 mn:1)"),
    ("\\sum\\nolimits_i", "msub(mo[movablelimits=true]:∑ mi:i)"),
    ("\\max_i x", "munder(mrow(mo[form=prefix movablelimits=true]:max) mi:i) mi:x"),
    ("\\log_2 x", "msub(mrow(mo[form=prefix movablelimits=true]:log) mn:2) mi:x"),
    (
      "\\argmin_\\theta L",
      "munder(mrow(mo[form=prefix movablelimits=true]:arg min) mi:θ) mi:L"
    ),
    ("\\arg z", "mrow(mo[form=prefix movablelimits=true]:arg) mi:z"),
    // Accents: the sign above or below, wide ones stretch.
    ("\\hat y", "mover[accent=true](mi:y mo[stretchy=false]:^)"),
    ("\\widehat{xy}", "mover[accent=true](mrow(mi:x mi:y) mo:^)"),
    ("\\bar x", "mover[accent=true](mi:x mo[stretchy=false]:¯)"),
    ("\\overline{x}", "mover[accent=true](mrow(mi:x) mo:¯)"),
    ("\\tilde x", "mover[accent=true](mi:x mo[stretchy=false]:~)"),
    ("\\vec v", "mover[accent=true](mi:v mo[stretchy=false]:→)"),
    (
      "\\dot x \\ddot x",
      "mover[accent=true](mi:x mo[stretchy=false]:˙) mover[accent=true](mi:x mo[stretchy=false]:¨)"
    ),
    ("\\check x", "mover[accent=true](mi:x mo[stretchy=false]:ˇ)"),
    ("\\underline{x}", "munder[accent=true](mrow(mi:x) mo:_)"),
    (
      "\\underbrace{a}_{c}",
      "munder(munder[accent=true](mrow(mi:a) mo:⏟) mrow(mi:c))"
    ),
    ("\\overbrace{a}^{c}", "mover(mover[accent=true](mrow(mi:a) mo:⏞) mrow(mi:c))"),
    // Words and spaces.
    ("\\text{if } x", "mtext:if\u{A0} mi:x"),
    ("\\mathrm{ReLU}", "mi[mathvariant=normal]:ReLU"),
    ("\\operatorname{softmax}", "mo[form=prefix]:softmax"),
    (
      "a\\,b\\quad c\\!d",
      "mi:a mspace[width=0.17em]() mi:b mspace[width=1em]() mi:c mspace[width=-0.17em]() mi:d"
    ),
    (
      "a\\:b\\;c\\ d\\qquad e\\> f",
      "mi:a mspace[width=0.22em]() mi:b mspace[width=0.28em]() mi:c mspace[width=0.25em]() mi:d "
        + "mspace[width=2em]() mi:e mspace[width=0.22em]() mi:f"
    ),
    ("\\text{a_b\\_c}", "mtext:a_b_c"),
    ("\\displaystyle x \\big( ", "mrow() mi:x mrow() mo[stretchy=false]:("),
    // Fences and tables: what opens stands first, rows from the top, cells from the left.
    (
      "\\left( x \\right]",
      "mrow(mo[fence=true form=prefix stretchy=true]:( mi:x "
        + "mo[fence=true form=postfix stretchy=true]:])"
    ),
    ("\\left. x \\right|", "mrow(mi:x mo[fence=true form=postfix stretchy=true]:|)"),
    (
      "\\left< x \\right\\rVert",
      "mrow(mo[fence=true form=prefix stretchy=true]:⟨ mi:x "
        + "mo[fence=true form=postfix stretchy=true]:‖)"
    ),
    (
      "\\left> x \\right/",
      "mrow(mo[fence=true form=prefix stretchy=true]:⟩ mi:x "
        + "mo[fence=true form=postfix stretchy=true]:/)"
    ),
    (
      "\\begin{matrix} a & b \\\\ c & d \\end{matrix}",
      "mrow(mtable(mtr(mtd(mi:a) mtd(mi:b)) mtr(mtd(mi:c) mtd(mi:d))))"
    ),
    (
      "\\begin{bmatrix} 1 & 0 \\\\ 0 & 1 \\\\ \\end{bmatrix}^\\top",
      "msup(mrow(mo[fence=true stretchy=true]:[ mtable(mtr(mtd(mn:1) mtd(mn:0)) "
        + "mtr(mtd(mn:0) mtd(mn:1))) mo[fence=true stretchy=true]:]) mi:⊤)"
    ),
    (
      "\\begin{pmatrix} a \\end{pmatrix}",
      "mrow(mo[fence=true stretchy=true]:( mtable(mtr(mtd(mi:a))) mo[fence=true stretchy=true]:))"
    ),
    (
      "\\begin{vmatrix} a \\end{vmatrix}",
      "mrow(mo[fence=true stretchy=true]:| mtable(mtr(mtd(mi:a))) mo[fence=true stretchy=true]:|)"
    ),
    (
      "\\begin{Vmatrix} a \\end{Vmatrix}",
      "mrow(mo[fence=true stretchy=true]:‖ mtable(mtr(mtd(mi:a))) mo[fence=true stretchy=true]:‖)"
    ),
    (
      "\\begin{cases} x & x > 0 \\\\ 0 & \\text{else} \\end{cases}",
      "mrow(mo[fence=true stretchy=true]:{ mtable[class=left](mtr(mtd(mi:x) mtd(mi:x mo:&gt; mn:0)) "
        + "mtr(mtd(mn:0) mtd(mtext:else))))"
    ),
    (
      "\\begin{aligned} a &= b \\\\ &= c \\end{aligned}",
      "mrow(mtable[class=aligned](mtr(mtd(mi:a) mtd(mo:= mi:b)) mtr(mtd() mtd(mo:= mi:c))))"
    ),
    // Alphabets.
    ("\\mathbb{R}^{n}", "msup(mi:ℝ mrow(mi:n))"),
    ("\\mathbf{w1} \\boldsymbol\\theta \\bm{\\alpha}", "mi:𝐰𝟏 mi:𝜽 mi:𝜶"),
    ("\\mathcal L \\mathscr{D}", "mi:ℒ mi:𝒟"),
    ("\\mathbf x", "mi:𝐱"),
    ("\\%\\$\\#\\_\\&", "mi:% mi:$ mi:# mi:_ mi:&amp;"),
    ("\\{x\\}", "mo[stretchy=false]:{ mi:x mo[stretchy=false]:}"),
    ("", ""),
  ]

  @Test func everyEquationHasItsTree() throws {
    for (equation, tree) in Self.trees {
      let xml = try #require(ProseRendering.mathML(equation), "\(equation)")
      let found = try #require(MarkupTree(xml), "\(equation): \(xml)")
      let wanted = tree.isEmpty ? "mrow()" : "mrow(\(tree))"
      #expect(found.text == "math(\(wanted))", "\(equation)")
    }
  }

  @Test func anEquationOfItsOwnIsDisplayed() {
    #expect(
      ProseRendering.html("$$x$$")
        == "<p><math display=\"block\"><mrow><mi>x</mi></mrow></math></p>\n")
    #expect(ProseRendering.html("$x$") == "<p><math><mrow><mi>x</mi></mrow></math></p>\n")
  }

  /// The one sign that a command becomes, by Unicode's own name of it.
  private func name(of command: String) -> String? {
    guard let xml = ProseRendering.mathML(command), let tree = MarkupTree(xml) else { return nil }
    let scalars = tree.words.unicodeScalars
    return scalars.count == 1 ? scalars.first?.properties.name : nil
  }

  @Test func greekLettersAreThemselves() {
    let small = [
      "alpha", "beta", "gamma", "delta", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
      "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "chi", "psi", "omega",
    ]
    for letter in small {
      let word = letter == "lambda" ? "lamda" : letter
      #expect(name(of: "\\" + letter) == "GREEK SMALL LETTER " + word.uppercased())
    }
    for letter in [
      "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
    ] {
      let word = letter == "Lambda" ? "Lamda" : letter
      #expect(name(of: "\\" + letter) == "GREEK CAPITAL LETTER " + word.uppercased())
    }
    let variants = [
      "epsilon": "GREEK LUNATE EPSILON SYMBOL", "varepsilon": "GREEK SMALL LETTER EPSILON",
      "vartheta": "GREEK THETA SYMBOL", "varpi": "GREEK PI SYMBOL", "varrho": "GREEK RHO SYMBOL",
      "varsigma": "GREEK SMALL LETTER FINAL SIGMA", "phi": "GREEK PHI SYMBOL",
      "varphi": "GREEK SMALL LETTER PHI",
    ]
    for (letter, wanted) in variants { #expect(name(of: "\\" + letter) == wanted) }
  }

  /// The signs of LaTeX by their names in the table of its package unicode-math.
  @Test func signsAreThoseOfUnicodeMath() {
    let signs = [
      "partial": "PARTIAL DIFFERENTIAL", "nabla": "NABLA", "infty": "INFINITY",
      "ell": "SCRIPT SMALL L", "hbar": "PLANCK CONSTANT OVER TWO PI",
      "Re": "BLACK-LETTER CAPITAL R",
      "Im": "BLACK-LETTER CAPITAL I", "emptyset": "EMPTY SET", "top": "DOWN TACK",
      "bot": "UP TACK", "imath": "LATIN SMALL LETTER DOTLESS I",
      "jmath": "LATIN SMALL LETTER DOTLESS J", "prime": "PRIME", "ldots": "HORIZONTAL ELLIPSIS",
      "dots": "HORIZONTAL ELLIPSIS", "cdots": "MIDLINE HORIZONTAL ELLIPSIS",
      "vdots": "VERTICAL ELLIPSIS", "ddots": "DOWN RIGHT DIAGONAL ELLIPSIS",
      "cdot": "DOT OPERATOR", "times": "MULTIPLICATION SIGN", "div": "DIVISION SIGN",
      "pm": "PLUS-MINUS SIGN", "mp": "MINUS-OR-PLUS SIGN", "ast": "ASTERISK OPERATOR",
      "star": "STAR OPERATOR", "circ": "RING OPERATOR", "bullet": "BULLET OPERATOR",
      "odot": "CIRCLED DOT OPERATOR", "otimes": "CIRCLED TIMES", "oplus": "CIRCLED PLUS",
      "ominus": "CIRCLED MINUS", "le": "LESS-THAN OR EQUAL TO", "leq": "LESS-THAN OR EQUAL TO",
      "ge": "GREATER-THAN OR EQUAL TO", "geq": "GREATER-THAN OR EQUAL TO",
      "ne": "NOT EQUAL TO", "neq": "NOT EQUAL TO", "approx": "ALMOST EQUAL TO",
      "equiv": "IDENTICAL TO", "sim": "TILDE OPERATOR", "simeq": "ASYMPTOTICALLY EQUAL TO",
      "propto": "PROPORTIONAL TO", "ll": "MUCH LESS-THAN", "gg": "MUCH GREATER-THAN",
      "lt": "LESS-THAN SIGN", "gt": "GREATER-THAN SIGN", "in": "ELEMENT OF",
      "notin": "NOT AN ELEMENT OF", "ni": "CONTAINS AS MEMBER", "subset": "SUBSET OF",
      "subseteq": "SUBSET OF OR EQUAL TO", "supset": "SUPERSET OF", "cup": "UNION",
      "cap": "INTERSECTION", "setminus": "SET MINUS", "to": "RIGHTWARDS ARROW",
      "rightarrow": "RIGHTWARDS ARROW", "leftarrow": "LEFTWARDS ARROW", "gets": "LEFTWARDS ARROW",
      "leftrightarrow": "LEFT RIGHT ARROW", "mapsto": "RIGHTWARDS ARROW FROM BAR",
      "longrightarrow": "LONG RIGHTWARDS ARROW", "Rightarrow": "RIGHTWARDS DOUBLE ARROW",
      "Leftarrow": "LEFTWARDS DOUBLE ARROW", "Leftrightarrow": "LEFT RIGHT DOUBLE ARROW",
      "implies": "LONG RIGHTWARDS DOUBLE ARROW", "iff": "LONG LEFT RIGHT DOUBLE ARROW",
      "forall": "FOR ALL", "exists": "THERE EXISTS", "neg": "NOT SIGN", "land": "LOGICAL AND",
      "wedge": "LOGICAL AND", "lor": "LOGICAL OR", "vee": "LOGICAL OR", "mid": "DIVIDES",
      "parallel": "PARALLEL TO", "perp": "UP TACK", "colon": "COLON", "dagger": "DAGGER",
      "lbrace": "LEFT CURLY BRACKET", "rbrace": "RIGHT CURLY BRACKET",
      "langle": "MATHEMATICAL LEFT ANGLE BRACKET", "rangle": "MATHEMATICAL RIGHT ANGLE BRACKET",
      "lfloor": "LEFT FLOOR", "rfloor": "RIGHT FLOOR", "lceil": "LEFT CEILING",
      "rceil": "RIGHT CEILING", "|": "DOUBLE VERTICAL LINE", "Vert": "DOUBLE VERTICAL LINE",
      "lVert": "DOUBLE VERTICAL LINE", "rVert": "DOUBLE VERTICAL LINE", "vert": "VERTICAL LINE",
      "lvert": "VERTICAL LINE", "rvert": "VERTICAL LINE", "sum": "N-ARY SUMMATION",
      "prod": "N-ARY PRODUCT", "int": "INTEGRAL", "iint": "DOUBLE INTEGRAL",
      "oint": "CONTOUR INTEGRAL", "bigcup": "N-ARY UNION", "bigcap": "N-ARY INTERSECTION",
      "bigoplus": "N-ARY CIRCLED PLUS OPERATOR", "bigotimes": "N-ARY CIRCLED TIMES OPERATOR",
    ]
    for (sign, wanted) in signs { #expect(name(of: "\\" + sign) == wanted, "\(sign)") }
  }

  @Test(arguments: [
    ("mathbf", "BOLD"), ("boldsymbol", "BOLD ITALIC"), ("mathbb", "DOUBLE-STRUCK"),
    ("mathcal", "SCRIPT"),
  ])
  func alphabetsHaveUnicodesLetters(command: String, style: String) {
    for scalar in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".unicodeScalars {
      let letter = String(scalar)
      let size = letter == letter.uppercased() ? "CAPITAL" : "SMALL"
      // Some letters were there before the alphabets and have shorter names.
      let wanted = "\(style) \(size) \(letter.uppercased())"
      let found = name(of: "\\\(command){\(letter)}")
      #expect(found == "MATHEMATICAL " + wanted || found == wanted, "\(command) \(letter)")
    }
    let digits = ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"]
    for (digit, word) in digits.enumerated() {
      let hasDigits = style == "BOLD" || style == "DOUBLE-STRUCK"
      let wanted = hasDigits ? "MATHEMATICAL \(style) DIGIT \(word)" : "DIGIT \(word)"
      #expect(name(of: "\\\(command){\(digit)}") == wanted)
    }
  }

  @Test(arguments: [
    "\\unknown", "{", "}", "x^", "x_1_2", "x^1^2", "\\frac{a}", "\\left( x", "a & b",
    "\\begin{x}\\end{x}", "\\begin{matrix} a \\end{pmatrix}", "\\href{javascript:x}{y}",
    "\\text{$x$}", "\\", "x % y", "\\left a b \\right )", "\\sqrt[3",
  ])
  func leavesWhatItDoesNotKnow(equation: String) {
    #expect(ProseRendering.mathML(equation) == nil)
    #expect(ProseRendering.html("$\(equation)$").contains("<math") == false)
  }

  @Test func whatIsNotKnownIsShownAsItWasWritten() {
    #expect(
      ProseRendering.html("$\\unknown{a<b}$")
        == "<p><code class=\"tex\">\\unknown{a&lt;b}</code></p>\n")
  }

  @Test func deepAndLongEquationsEndQuickly() {
    #expect(
      ProseRendering.mathML(
        String(repeating: "{", count: 2000) + String(repeating: "}", count: 2000)) == nil)
    #expect(ProseRendering.mathML(String(repeating: "\\hat", count: 900) + " x") == nil)
    #expect(ProseRendering.mathML(String(repeating: "x", count: 4000)) != nil)
    #expect(ProseRendering.mathML(String(repeating: "x", count: 4001)) == nil)
  }
}
