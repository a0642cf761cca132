import Testing
import Tracking

struct PathTextTests {
  /// As dirname and basename of POSIX, but that a name alone is in no folder.
  static let paths: [(path: String, folder: String, name: String, stem: String)] = [
    ("x", "", "x", "x"), ("é", "", "é", "é"), ("-", "", "-", "-"), (".", "", ".", "."),
    ("~", "", "~", "~"), ("", "", "", ""), ("/", "/", "", ""), ("//", "/", "", ""),
    ("/x", "/", "x", "x"), ("x/", "", "x", "x"), ("x/y", "x", "y", "y"), ("x//y//", "x", "y", "y"),
    ("a/b.c.yaml", "a", "b.c.yaml", "b.c"), (".hidden", "", ".hidden", ".hidden"),
    ("a.", "", "a.", "a."), ("..", "", "..", ".."), ("./x.y", ".", "x.y", "x"),
    ("日本/語.yaml", "日本", "語.yaml", "語"),
    // A letter of two scalars, which belongs together with no slash.
    ("/\u{0301}", "/", "\u{0301}", "\u{0301}"),
  ]

  @Test(arguments: paths)
  func aPathIsTakenApart(path: String, folder: String, name: String, stem: String) {
    let text = PathText(path)
    #expect(text.folder == folder && text.name == name && text.stem == stem)
  }
}
