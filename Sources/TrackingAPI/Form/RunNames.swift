/// Names for runs and models whose program gives none: two words and a number, as MLflow has them.
enum RunNames {
  private static let qualities = [
    "able", "bold", "brisk", "calm", "clean", "clear", "crisp", "eager", "fine", "gentle", "grand",
    "keen", "light", "lucky", "mellow", "neat", "plain", "quick", "quiet", "rare", "smooth",
    "sound",
    "steady", "swift", "tidy", "vivid", "warm", "wise",
  ]
  private static let things = [
    "ant", "auk", "bear", "bee", "carp", "crane", "crow", "deer", "dove", "finch", "fox", "frog",
    "goose", "hare", "hawk", "heron", "ibis", "lark", "lynx", "mole", "moth", "otter", "owl",
    "rook",
    "seal", "shrew", "stork", "swan", "toad", "wren",
  ]

  static func random() -> String {
    let (quality, thing) = (qualities.randomElement() ?? "plain", things.randomElement() ?? "run")
    return "\(quality)-\(thing)-\(Int.random(in: 1...999))"
  }
}
