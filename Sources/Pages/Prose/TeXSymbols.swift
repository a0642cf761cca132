/// What TeX's names stand for.
enum TeXSymbols {
  static let letters: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "varpi": "ϖ", "rho": "ρ",
    "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω", "partial": "∂", "nabla": "∇", "infty": "∞", "ell": "ℓ",
    "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ", "emptyset": "∅", "top": "⊤", "bot": "⊥", "imath": "ı",
    "jmath": "ȷ", "prime": "′", "ldots": "…", "dots": "…", "cdots": "⋯", "vdots": "⋮",
    "ddots": "⋱", "%": "%", "$": "$", "#": "#", "_": "_", "&": "&amp;",
  ]

  static let operators: [String: String] = [
    "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "star": "⋆",
    "circ": "∘", "bullet": "∙", "odot": "⊙", "otimes": "⊗", "oplus": "⊕", "ominus": "⊖",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈",
    "equiv": "≡", "sim": "∼", "simeq": "≃", "propto": "∝", "ll": "≪", "gg": "≫", "lt": "&lt;",
    "gt": "&gt;", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆",
    "supset": "⊃", "cup": "∪", "cap": "∩", "setminus": "∖", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "gets": "←", "leftrightarrow": "↔", "mapsto": "↦", "longrightarrow": "⟶",
    "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "implies": "⟹", "iff": "⟺",
    "forall": "∀", "exists": "∃", "neg": "¬", "land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨",
    "mid": "∣", "parallel": "∥", "perp": "⊥", "colon": ":", "dagger": "†",
  ]

  static let fences: [String: String] = [
    "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "langle": "⟨", "rangle": "⟩",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "|": "‖", "Vert": "‖",
    "lVert": "‖", "rVert": "‖", "vert": "|", "lvert": "|", "rvert": "|",
  ]

  static let large: [String: String] = [
    "sum": "∑", "prod": "∏", "int": "∫", "iint": "∬", "oint": "∮", "bigcup": "⋃", "bigcap": "⋂",
    "bigoplus": "⨁", "bigotimes": "⨂",
  ]

  static let spaces: [String: String] = [
    ",": "0.17em", ":": "0.22em", ">": "0.22em", ";": "0.28em", "!": "-0.17em", " ": "0.25em",
    "quad": "1em", "qquad": "2em",
  ]

  static let functions: Set<String> = [
    "log", "ln", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan",
    "max", "min", "sup", "inf", "lim", "det", "dim", "ker", "deg", "gcd", "Pr", "arg", "argmax",
    "argmin",
  ]

  /// What stands above or below a part.
  struct Accent {
    let sign: String
    var isBelow = false
    var isWide = false
  }

  static let accents: [String: Accent] = [
    "hat": Accent(sign: "^"), "widehat": Accent(sign: "^", isWide: true),
    "check": Accent(sign: "ˇ"),
    "bar": Accent(sign: "¯"), "overline": Accent(sign: "¯", isWide: true),
    "tilde": Accent(sign: "~"), "widetilde": Accent(sign: "~", isWide: true),
    "vec": Accent(sign: "→"), "dot": Accent(sign: "˙"), "ddot": Accent(sign: "¨"),
    "underline": Accent(sign: "_", isBelow: true, isWide: true),
    "underbrace": Accent(sign: "⏟", isBelow: true, isWide: true),
    "overbrace": Accent(sign: "⏞", isWide: true),
  ]

  static let alphabets: [String: Alphabet] = [
    "mathbf": .bold, "boldsymbol": .boldItalic, "bm": .boldItalic, "mathbb": .doubleStruck,
    "mathcal": .script, "mathscr": .script,
  ]

  /// A mathematical alphabet of Unicode.
  enum Alphabet {
    case bold, boldItalic, doubleStruck, script

    func letters(of text: String) -> String {
      String(String.UnicodeScalarView(text.unicodeScalars.map(letter)))
    }

    private var capitals: UInt32 {
      switch self {
      case .bold: 0x1D400
      case .boldItalic: 0x1D468
      case .doubleStruck: 0x1D538
      case .script: 0x1D49C
      }
    }

    /// Letters that Unicode had before it had the alphabets.
    private var older: [Unicode.Scalar: Unicode.Scalar] {
      switch self {
      case .bold, .boldItalic: [:]
      case .doubleStruck:
        ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]
      case .script:
        [
          "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ",
          "e": "ℯ", "g": "ℊ", "o": "ℴ",
        ]
      }
    }

    private func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
      if let letter = older[scalar] { return letter }
      let value: UInt32? =
        switch scalar.value {
        case 65...90: capitals + scalar.value - 65
        case 97...122: capitals + 26 + scalar.value - 97
        case 48...57 where self == .bold: 0x1D7CE + scalar.value - 48
        case 48...57 where self == .doubleStruck: 0x1D7D8 + scalar.value - 48
        case 0x3B1...0x3C9 where self == .bold: 0x1D6C2 + scalar.value - 0x3B1
        case 0x3B1...0x3C9 where self == .boldItalic: 0x1D736 + scalar.value - 0x3B1
        case 0x391...0x3A9 where self == .bold: 0x1D6A8 + scalar.value - 0x391
        case 0x391...0x3A9 where self == .boldItalic: 0x1D71C + scalar.value - 0x391
        default: nil
        }
      return value.flatMap(Unicode.Scalar.init) ?? scalar
    }
  }
}
