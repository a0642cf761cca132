public import Languages
public import Tracking

extension Style {
  /// How figures of a theme look, with words of a language.
  public init(_ theme: PictureTheme, _ language: Language = .english) {
    switch theme {
    case .light: self = .light
    case .dark: self = .dark
    }
    self.language = language
  }
}
