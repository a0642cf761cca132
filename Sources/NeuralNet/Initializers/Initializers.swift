public import Tracking

/// Every way to set the weights before the first update.
public enum Initializers {
  package static let types: [any InitializerKind.Type] = [
    StandardInitializer.self, KaimingUniform.self, KaimingNormal.self, XavierUniform.self,
    XavierNormal.self, NormalInitializer.self, UniformInitializer.self, ZeroInitializer.self,
    IdentityInitializer.self, FileInitializer.self,
  ]

  /// What `train.init` may name.
  public static let all: [Choice] = types.map { $0.choice }

  /// The way where the file names none.
  public static let standard: Choice = StandardInitializer.choice

  /// The file that the weights are read from; `nil` where they are drawn.
  public static func path(_ chosen: Chosen) -> String? {
    if case .file(let path)? = kind(chosen)?.origin { path } else { nil }
  }

  /// The way of a checked choice.
  package static func kind(_ chosen: Chosen) -> (any InitializerKind)? {
    types.first { $0.choice.name == chosen.name }?.init(chosen)
  }
}
