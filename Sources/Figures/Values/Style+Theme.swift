public import Tracking

extension Style {
  /// How figures of a theme look.
  public init(_ theme: PictureTheme) {
    switch theme {
    case .light: self = .light
    case .dark: self = .dark
    }
  }
}
