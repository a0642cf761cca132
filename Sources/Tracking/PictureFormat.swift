/// The colours of a picture.
public enum PictureTheme: String, Hashable, Sendable, CaseIterable {
  case light, dark
}

/// The file format of a picture.
public enum PictureFormat: String, Hashable, Sendable, CaseIterable {
  case svg, png, pdf
}
